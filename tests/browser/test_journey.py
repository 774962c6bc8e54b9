"""A citizen in Serbian Cyrillic and the clerk, from the first page to the letter in the post."""

import re

import pytest
from playwright.sync_api import expect

from .keyboard import Typist
from .people import DESK, Citizen, Clerk, passport

pytestmark = pytest.mark.slow

CHILDREN = [
    {"family_name": "Шућур-Ђорђевић", "forenames": "Љубица", "sex": "F", "date_of_birth": "1.4.2012."},
    {"family_name": "Шућур-Ђорђевић", "forenames": "Његош", "sex": "M", "date_of_birth": "01/04/2014"},
]
PARENTS = {"father_name": "Ђорђе Шућур", "mother_name": "Жана O’Neill"}


WAYS = {
    "phone": (Citizen, "chromium", {}),
    "without JavaScript": (Citizen, "chromium", {"javascript": False}),
    "320 px": (Citizen, "chromium", {"viewport": {"width": 320, "height": 568}}),
    "text of 200 %": (Citizen, "large_text", {}),
    "forced colours": (Citizen, "chromium", {"forced_colors": "active"}),
    "keyboard": (Typist, "chromium", {"viewport": DESK}),
}


@pytest.mark.parametrize("way", WAYS)
def test_two_birth_extracts_from_the_first_page_to_the_post(request, chromium, town, mailbox, way):
    kind, browser, options = WAYS[way]
    email = f"djordje-{list(WAYS).index(way)}@example.net"
    browser = request.getfixturevalue(browser)
    citizen = kind(browser, town.url, **options)
    page = citizen.page
    page.goto(f"{town.url}/virtuelni-maticar/?language=sr")
    citizen.look()
    assert "Наручи документ" in page.inner_text("main")
    citizen.press("a.diaspora-button")

    for number, child in enumerate(CHILDREN):
        answers = {"person": "new"} if number else {}
        citizen.fill(type="birth", language="sr", copies="1", **answers)
        citizen.send()
        citizen.fill(relation="parent", place_of_birth="Штутгарт", **child, **PARENTS)
        citizen.send()
        citizen.look()
        if not number:
            citizen.press("a[href*='/item/1/']")
    citizen.go_on()
    citizen.fill(forenames="Ђорђе", family_name="Шућур", country="DE", email=email, purpose="passport")
    citizen.send()
    page.close()

    town.deliver()
    resume = mailbox.latest_to(email)
    assert "Шућур" not in resume["Subject"]
    citizen = kind(browser, town.url, **options)
    page = citizen.page
    citizen.mailed(resume)
    citizen.send()
    citizen.go_on()
    citizen.fill(
        method="post",
        name="Ђорђе Шућур",
        lines="Königstraße 1",
        postcode="70173",
        city="Stuttgart",
        country="DE",
    )
    citizen.send()
    page.locator("input[type=file]").first.set_input_files([passport()])
    citizen.send()
    answers = page.inner_text("main")
    assert "Љубица" in answers and "1. април 2014." in answers and "Königstraße 1" in answers
    citizen.fill(declared="on", privacy="on")
    citizen.send()
    citizen.look()
    reference = page.inner_text(".diaspora-reference").strip()
    assert re.fullmatch(r"[0-9A-Z]{3}-[0-9A-Z]{3}-[0-9A-Z]{3}", reference)

    town.deliver()
    citizen.confirm(mailbox.latest_to(email))

    clerk = Clerk(chromium, town.url)
    clerk.look()
    clerk.open_case(reference)
    clerk.look()
    assert "Шућур-Ђорђевић" in clerk.page.inner_text("main")
    clerk.step("Record found", "section[aria-labelledby=item-1]", number="12", book="МКР, 2012")
    clerk.step("Ask the applicant", body="Молимо бољу слику пасоша.")
    town.deliver()

    citizen.mailed(mailbox.latest_to(email))
    assert "Молимо бољу слику пасоша." in page.inner_text("main")
    citizen.look()
    citizen.fill(body="Ево боље слике.")
    page.locator("#thread input[type=file]").set_input_files([passport()])
    citizen.press("#thread form .diaspora-button")
    expect(page.locator("#thread")).to_contain_text("Ево боље слике.")

    clerk.open_case(reference)
    assert "Ево боље слике." in clerk.page.inner_text("main")
    clerk.step("Mark as read")
    clerk.step("Pass on to another office", "section[aria-labelledby=item-2]", to="Козарска Дубица")
    clerk.step("Record the payment", received_on="2.4.2026.", document_number="55")
    clerk.step("Issue", "section[aria-labelledby=item-1]", blank_number="AB 1")
    clerk.step("Send by post", tracking_number="RR123456789BA")
    town.deliver()
    citizen.mailed(mailbox.latest_to(email))
    citizen.look()
    told = page.inner_text("main")
    assert "RR123456789BA" in told and "Козарска Дубица" in told
    own = [mail for mail in mailbox.messages if mail["To"] == email or reference in mail["Subject"]]
    subjects = [mail["Subject"] for mail in own]
    assert len(mailbox.messages) == len(set(mailbox.ids)) and len(own) >= 6
    assert not [subject for subject in subjects if "Шућур" in subject or "Šućur" in subject]
