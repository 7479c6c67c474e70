"""Stand in the way of every request: remember it, keep answers by key, break things on demand."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from fnmatch import fnmatchcase

from aiohttp import web

from tests.stripe_house.clock import CLOCK

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
KEPT_SECONDS = 24 * 3600
ACTIONS = ("status", "drop_request", "drop_response", "hang")


@dataclass
class Fault:
    """Trouble for the next `times` requests: a status, a line cut before or after the work, or silence."""

    method: str
    path: str
    action: str
    times: int = 1
    status: int = 503

    def strikes(self, request: web.Request) -> bool:
        """Tell whether this request is one of those, and count it."""
        if not self.times or request.method != self.method or not fnmatchcase(request.path, self.path):
            return False
        self.times -= 1
        return True


@dataclass
class Kept:
    """The first answer to an idempotency key, kept for a day; None while the work is under way."""

    path: str
    body: bytes
    since: float
    answer: tuple[int, bytes] | None = None


class Traffic:
    """What has passed, what is kept, and what is to go wrong."""

    def __init__(self) -> None:
        """Begin in peace."""
        self.released = asyncio.Event()
        self.forget()

    def forget(self) -> None:
        """Begin anew."""
        self.release()
        self.asked: list[dict[str, str | None]] = []
        self.kept: dict[str, Kept] = {}

    def release(self) -> None:
        """Let silent requests go on, and forget faults that have not struck."""
        self.released.set()
        self.released = asyncio.Event()
        self.faults: list[Fault] = []

    @web.middleware
    async def remember(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Note every request of the API with its key, its body and what the caller says of itself."""
        if request.path.startswith("/v1/"):
            body = (await request.read()).decode()
            key = request.headers.get("Idempotency-Key")
            agent = request.headers.get("X-Stripe-Client-User-Agent")
            self.asked.append(
                {"method": request.method, "path": request.path, "key": key, "body": body, "agent": agent}
            )
        return await handler(request)

    @web.middleware
    async def strike(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Apply the first fault that fits."""
        fault = next((one for one in self.faults if one.strikes(request)), None)
        if fault is None:
            return await handler(request)
        if fault.action == "status":
            error = {"type": "api_error", "message": "ordered by a test"}
            return web.json_response({"error": error}, status=fault.status)
        if fault.action == "hang":
            await self.released.wait()
            return await handler(request)
        answer = await handler(request) if fault.action == "drop_response" else web.Response()
        if request.transport is not None:
            request.transport.abort()
        return answer

    @web.middleware
    async def replay(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Answer a known key with the first answer, as Stripe does; forget what validation refused."""
        key = request.headers.get("Idempotency-Key")
        if request.method != "POST" or not key:
            return await handler(request)
        body = await request.read()
        kept = self.kept.get(key)
        if kept is None or CLOCK.time() - kept.since > KEPT_SECONDS:
            return await self._keep(key, Kept(request.path, body, CLOCK.time()), request, handler)
        if (kept.path, kept.body) != (request.path, body):
            return _refuse(400, "idempotency_error", "This key was used with other parameters.")
        if kept.answer is None:
            return _refuse(409, "invalid_request_error", "A request with this key is under way.")
        status, answer = kept.answer
        headers = {"Idempotent-Replayed": "true"}
        return web.Response(status=status, body=answer, headers=headers, content_type="application/json")

    async def _keep(self, key: str, kept: Kept, request: web.Request, handler: Handler) -> web.StreamResponse:
        self.kept[key] = kept
        response = await handler(request)
        if response.status < 400 or response.status == 402 or response.status >= 500:
            body = response.body if isinstance(response, web.Response) else b""
            kept.answer = (response.status, body if isinstance(body, bytes) else b"")
        else:
            del self.kept[key]
        return response


def _refuse(status: int, kind: str, message: str) -> web.Response:
    return web.json_response({"error": {"type": kind, "message": message}}, status=status)
