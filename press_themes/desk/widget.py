"""The desk in a cell of JupyterLab: what it asks is answered here, one message at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

import anywidget
import traitlets

from press_themes.desk.collection import encode_payload, read_component
from press_themes.errors import PressThemesError, first_line

Answer = Callable[[Mapping[str, Any]], Mapping[str, Any]]


class DeskWidget(anywidget.AnyWidget):
    """The desk.

    Parameters
    ----------
    payload : dict
        From `press_themes.desk.collection.pack_collection`.
    answers : mapping of str to callable
        By what is asked (``judge``, ``search`` …) a function of the message that gives what the desk
        is told. What it raises is told there in a sentence.
    """

    _esm = traitlets.Unicode().tag(sync=True)
    payload = traitlets.Bytes(b"{}").tag(sync=True)
    #: What is looked at, as it would stand in an address.
    state = traitlets.Unicode("").tag(sync=True)
    #: Who judges.
    coder = traitlets.Unicode("").tag(sync=True)
    #: Identifier of the sentence that shows while the desk does not.
    note = traitlets.Unicode("").tag(sync=True)

    def __init__(self, payload: dict[str, Any], answers: Mapping[str, Answer], **more: Any) -> None:
        super().__init__(payload=encode_payload(payload), _esm=read_component(), **more)
        self.answers = dict(answers)
        self.on_msg(self._hear)

    def tell_progress(self, asked: Mapping[str, Any], sentence: str) -> None:
        """Tell who asked how far the work has come."""
        self.send({"n": asked.get("n"), "progress": sentence})

    def show_anew(self, payload: dict[str, Any], answers: Mapping[str, Answer]) -> None:
        """Show another collection in the place of this one."""
        self.answers = dict(answers)
        self.payload = encode_payload(payload)

    def _hear(self, _: Any, asked: Any, buffers: Any) -> None:
        if isinstance(asked, dict):
            self.send({**self.answer(asked), "n": asked.get("n")})

    def answer(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        """Answer a message; a failure is told in its place and breaks nothing."""
        answer = self.answers.get(str(asked.get("do")))
        if answer is None:
            return {"failed": f"{asked.get('do')}: this desk cannot do that."}
        try:
            return dict(answer(asked))
        except (PressThemesError, OSError) as error:
            return {"failed": str(error)}
        except Exception as error:
            # Whatever a message holds, the desk goes on.
            return {"failed": f"{asked.get('do')}: {first_line(error)}"}


def write_note(name: str, sentence: str) -> str:
    """Return the sentence that shows where the desk does not: after a restart, or in an export."""
    return f'<p id="{escape(name, quote=True)}">{escape(sentence)}</p>'
