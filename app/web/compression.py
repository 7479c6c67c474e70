"""Send style sheets, scripts and drawings compressed; what stands in a session never is.

Only static files: a compressed page lets whoever can add words to it, and can count the bytes on the way, guess the
secret beside them (BREACH), and our pages carry the token of their forms. Fonts are compressed already.
"""

from __future__ import annotations

from flask import Flask, Response, request
from flask_compress import Compress

TEXTS = ("text/css", "text/javascript", "image/svg+xml")
SETTINGS = {
    "COMPRESS_REGISTER": False,  # else it would see every answer
    "COMPRESS_MIMETYPES": TEXTS,
    "COMPRESS_ALGORITHM": ["br", "gzip"],
    "COMPRESS_BR_LEVEL": 9,  # a browser asks once for each version of a file
    "COMPRESS_LEVEL": 9,
}


def install(app: Flask) -> None:
    """Compress each whole static text for the browsers that can read it."""
    app.config.from_mapping(SETTINGS)
    compress = Compress(app)

    def shrink(response: Response) -> Response:
        is_part = "Content-Range" in response.headers  # counted in bytes of the file as it is
        if request.endpoint != "static" or response.mimetype not in TEXTS or is_part:
            return response
        response.direct_passthrough = False
        response.make_sequence()  # a file that is read to its end is closed with the answer
        return compress.after_request(response)

    app.after_request(shrink)
