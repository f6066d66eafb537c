"""The probe: a widget that shows nothing and tells whether the browser has WebGL.

It is asked in the browser itself, because the kernel may run on another machine.
"""

from __future__ import annotations

from pathlib import Path

import anywidget
import traitlets


class Probe(anywidget.AnyWidget):
    """What the browser answers: ``webgl`` is "" before it is shown, then "yes" or "no"."""

    _esm = Path(__file__).with_name("probe.js").read_text(encoding="utf-8")
    webgl = traitlets.Unicode("").tag(sync=True)
