"""What stands at `/` where the playground is off: a page for a browser, nothing for a program."""

from __future__ import annotations

from html import escape
from importlib.resources import files
from typing import Any, Final

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException

from naming.content_policy import content_policy
from naming.web.middleware import header

_PAGE: Final = (files("naming.web") / "front_page.html").read_text("utf-8")

_HEADERS: Final = {
    "content-security-policy": f"{content_policy(_PAGE)}; img-src data:; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "vary": "accept",
}


@get("/", include_in_schema=False, media_type="text/html")
async def show_front_page(request: Request[Any, Any, Any]) -> Response[str]:
    """Say what this is to whoever takes HTML. Raises NotFoundException for others."""
    if b"text/html" not in header(request.scope, b"accept"):
        raise NotFoundException
    page = _PAGE.replace("{{origin}}", escape(str(request.base_url).rstrip("/")))
    return Response(page, media_type="text/html", headers=_HEADERS)
