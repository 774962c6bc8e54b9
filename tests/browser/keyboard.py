"""A citizen who has no mouse: everything is reached with Tab, and where the keys go is always seen."""

from .people import Citizen

FOCUSED = "document.activeElement && document.activeElement.matches(selector)"
RING = """() => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(document.activeElement);
    return (outlineStyle !== "none" && parseFloat(outlineWidth) > 0) || boxShadow !== "none";
}"""
STOPS = 150


class Typist(Citizen):
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
