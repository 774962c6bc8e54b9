"""People who have no mouse: everything is reached with Tab, and where the keys go is always seen."""

from pypdf import PdfReader

from .people import Citizen, Clerk

FOCUSED = "document.activeElement && document.activeElement.matches(selector)"
RING = """() => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(document.activeElement);
    return (outlineStyle !== "none" && parseFloat(outlineWidth) > 0) || boxShadow !== "none";
}"""
STOPS = 150


class Keys:
    """What a person does on `page`, done with keys."""

    def press(self, selector):
        self.go_to(selector)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def fill(self, **answers):
        for name, value in answers.items():
            self.go_to(f"[name={name}]")
            self.type(name, value)

    def type(self, name, value):
        kind, tag = self.page.evaluate("[document.activeElement.type, document.activeElement.tagName]")
        if kind == "checkbox":
            return self.page.keyboard.press("Space")
        if kind == "radio" or tag == "SELECT":
            return self.choose(name, value, "Space" if kind == "radio" else "Home")
        self.page.keyboard.press("Control+A")
        return self.page.keyboard.type(value)

    def choose(self, name, value, first):
        """With the arrows, from the first choice on."""
        self.page.keyboard.press(first)
        for _ in range(STOPS * 2):
            if self.page.evaluate("document.activeElement.value") == value:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{value} of {name} is not reached with the arrows.")

    def go_to(self, selector):
        for _ in range(STOPS):
            self.page.keyboard.press("Tab")
            if self.page.evaluate(f"selector => {FOCUSED}", selector):
                assert self.page.evaluate(RING), f"Nothing shows that the keys go to {selector}."
                return
        raise AssertionError(f"{selector} is not reached with Tab on {self.page.url}")


class Typist(Keys, Citizen):
    """With a large screen or a small one."""


class TypingClerk(Keys, Clerk):
    def step(self, link, **answers):
        """One of the actions of the case, with what it asks."""
        self.press(link)
        self.fill(**answers)
        self.look()
        self.press("main form button.button")

    def paper(self, link):
        """The text of a PDF."""
        self.go_to(link)
        with self.page.expect_download() as download:
            self.page.keyboard.press("Enter")
        return "".join(sheet.extract_text() for sheet in PdfReader(download.value.path()).pages)
