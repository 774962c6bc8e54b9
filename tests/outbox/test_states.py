from wagtail_diaspora.outbox.states import ALLOWED, State


def test_every_state_has_its_edges():
    assert ALLOWED == {
        State.WAITING: (State.SENT, State.FAILED, State.CANCELLED),
        State.FAILED: (State.WAITING, State.CANCELLED),
        State.SENT: (State.FAILED,),
        State.CANCELLED: (),
    }
