"""The root of this package's exceptions: a question was understood and cannot be answered."""


class Refusal(ValueError):
    """Say what was asked, why there is no price for it, and what to do."""


class GridInvalid(Refusal):
    """Say where a grid is wrong.

    `code` is stable and meant for programs ("bracket_gap"), `path` leads to the place ("brackets[3].from").
    """

    def __init__(self, code: str, path: str, message: str) -> None:
        super().__init__(f"{path}: {message} [{code}]")
        self.code = code
        self.path = path
        self.message = message
