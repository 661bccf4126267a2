"""What stands at `/` where the playground is off: a page for a browser, nothing for a program."""

from __future__ import annotations

from typing import Any, Final

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException

from naming.web.middleware import header

_PAGE: Final = r"""<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>task-naming</title>
<h1>task-naming</h1>
<p>Names for coding-agent tasks: send a prompt, and get a slug and a title.</p>
<pre>curl -s http://127.0.0.1:8000/v1/names -H 'content-type: application/json' \
     -d '{"prompt": "fix the login button"}'</pre>
<ul>
<li><a href="/schema/openapi.json">What it takes and gives</a>, as OpenAPI has it
<li>A page to try prompts on: start it with <code>NAMING_PLAYGROUND=1</code>
<li><a href="/health/ready">Whether it is ready</a>, and <a href="/metrics">what it has counted</a>
<li>How to call, run and change it: <code>README.md</code> and <code>docs/</code> of the project
</ul>
"""

_HEADERS: Final = {
    "content-security-policy": "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "vary": "accept",
}


@get("/", include_in_schema=False, media_type="text/html")
async def show_front_page(request: Request[Any, Any, Any]) -> Response[str]:
    """Say what this is to whoever takes HTML. Raises NotFoundException for others."""
    if b"text/html" not in header(request.scope, b"accept"):
        raise NotFoundException
    return Response(_PAGE, media_type="text/html", headers=_HEADERS)
