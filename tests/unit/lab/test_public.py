"""What the lab offers to Python programs: a name that comes or goes is a change for its users."""

import isthmus_lab


def test_the_public_names_are_these() -> None:
    assert isthmus_lab.__all__ == [
        "Certificate",
        "Command",
        "Control",
        "EmulatedRouter",
        "Lab",
        "LabError",
        "Method",
        "Result",
        "Trap",
        "Where",
    ]
    assert all(hasattr(isthmus_lab, name) for name in isthmus_lab.__all__)
