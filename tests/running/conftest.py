from tests.browser.conftest import mailbox

__all__ = ["mailbox"]
