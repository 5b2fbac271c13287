"""The benchmarks of the page use the server and the browser of the tests."""

from tests.browser.conftest import chromium, context_of, server

__all__ = ["chromium", "context_of", "server"]
