# SPDX-License-Identifier: GPL-3.0-or-later
# This file imports localstripe (GPL-3.0-or-later) and carries its licence, unlike the rest of the project.
"""Put the stand-in together: our routes first, then localstripe's; its pickle on the disk left out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from aiohttp import web
from localstripe import resources, server
from localstripe.errors import UserError

from tests.stripe_house import checkout, page, payments
from tests.stripe_house.clock import CLOCK
from tests.stripe_house.notifications import NOTIFIER
from tests.stripe_house.traffic import ACTIONS, Fault, Handler, Traffic

# localstripe writes its memory to a shared temporary file after every request, and reads the real clock.
resources.Store.dump_to_disk = lambda store: None
resources.time = CLOCK


def create() -> web.Application:
    """Build the application; one process, one house."""
    traffic = Traffic()
    app = web.Application(
        middlewares=[traffic.remember, traffic.strike, traffic.replay, server.error_middleware, _need_key]
    )
    app.router.add_get("/c/pay/{id}", _show_page)
    app.router.add_post("/c/pay/{id}", _take_form)
    for method, path, answer in (
        ("POST", "/v1/checkout/sessions/{id}/expire", checkout.expire),
        ("GET", "/v1/checkout/sessions/{id}", checkout.retrieve),
        ("GET", "/v1/checkout/sessions", checkout.list_sessions),
        ("POST", "/v1/payment_intents/{id}/cancel", payments.cancel_intent),
        ("POST", "/v1/refunds", payments.create_refund),
    ):
        app.router.add_route(method, path, server.api_extra(answer, path))
    app.router.add_post("/v1/checkout/sessions", _open_session)
    _add_controls(app, traffic)
    for route in server.app.router.routes():
        if route.method != "HEAD" and route.resource.canonical.startswith("/v1/"):
            app.router.add_route(route.method, route.resource.canonical, route.handler)
    return app


@web.middleware
async def _need_key(request: web.Request, handler: Handler) -> web.StreamResponse:
    if request.path.startswith("/v1/") and not (server.get_api_key(request) or "").startswith("sk_test_"):
        raise UserError(401, "Invalid API key")
    return await handler(request)


async def _open_session(request: web.Request) -> web.Response:
    root = f"{request.scheme}://{request.host}"
    response: web.Response = await server.api_extra(lambda **params: checkout.create(root, **params), "")(
        request
    )
    return response


async def _show_page(request: web.Request) -> web.Response:
    session = checkout.retrieve(request.match_info["id"])
    return _html(*_face(session))


async def _take_form(request: web.Request) -> web.Response:
    session = checkout.retrieve(request.match_info["id"])
    form = await request.post()
    try:
        if form.get("step") == "pay":
            checkout.submit(session, page.CARDS[str(form.get("card"))][0])
        else:
            checkout.authenticate(session, form.get("step") == "recognised")
    except UserError as refusal:
        if refusal.code != 402:
            return _html(page.closed(refusal.body["error"]["message"]), 410)
        return _html(page.card_form(_bill(session), trouble=refusal.body["error"]["message"]), 402)
    if session.status == "complete":
        raise web.HTTPSeeOther(session.success_url.replace("{CHECKOUT_SESSION_ID}", session.id))
    return _html(*_face(session))


def _face(session: checkout.Session) -> tuple[str, int]:
    if session.status != "open":
        return page.closed(f"The session is {session.status}."), 410
    return (page.bank_form if checkout.awaits_bank(session) else page.card_form)(_bill(session)), 200


def _bill(session: checkout.Session) -> page.Bill:
    return page.Bill(
        line_name=session._line_name,
        amount_minor=session.amount_total,
        currency=session.currency,
        email=session.customer_email,
        cancel_url=session.cancel_url,
        is_hold=session._capture_method == "manual",
    )


def _html(text: str, status: int = 200) -> web.Response:
    return web.Response(text=text, status=status, content_type="text/html")


def _add_controls(app: web.Application, traffic: Traffic) -> None:
    """Offer the tests what Stripe offers nobody: a clock, faults, a memory, a clean slate."""

    def control(method: str, path: str, act: Callable[[dict[str, Any]], Any]) -> None:
        async def answer(request: web.Request) -> web.Response:
            return web.json_response(act(await request.json() if request.can_read_body else {}))

        app.router.add_route(method, "/_house" + path, answer)

    def add_fault(values: dict[str, Any]) -> None:
        if values["action"] not in ACTIONS:
            raise web.HTTPBadRequest
        traffic.faults.append(Fault(**values))

    def reset(_: dict[str, Any]) -> None:
        resources.store.clear()
        NOTIFIER.forget()
        traffic.forget()
        CLOCK.set(None)

    control("POST", "/clock", lambda values: CLOCK.set(values["now"]))
    control("POST", "/webhook", lambda values: NOTIFIER.register(values["url"], values["secret"]))
    control("GET", "/notifications", lambda _: NOTIFIER.list_sent())
    control("GET", "/requests", lambda _: traffic.asked)
    control("POST", "/faults", add_fault)
    control("DELETE", "/faults", lambda _: traffic.release())
    control("DELETE", "/all", reset)
