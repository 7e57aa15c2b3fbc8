"""QR codes as one vector path: the outline of all dark areas, so that no viewer draws hairlines between modules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import qrcode
from qrcode.constants import ERROR_CORRECT_M

from core.failures import HouseFailure

Matrix = Sequence[Sequence[bool]]
Corner = tuple[int, int]


@dataclass(frozen=True, slots=True)
class QrPicture:
    """``svg`` without quiet zone (the page keeps 4 modules free), ``version`` 1..40, ``modules`` a side."""

    svg: str
    version: int
    modules: int

    def module_mm(self, width_mm: float) -> float:
        return width_mm / self.modules


def draw(text: str, max_version: int) -> QrPicture:
    """``text`` at error correction M; ``HouseFailure`` when it needs a version above ``max_version``."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(text)
    code.make(fit=True)
    if code.version > max_version:
        raise HouseFailure(f"QR needs version {code.version}, allowed {max_version}")
    matrix: Matrix = code.get_matrix()
    size = len(matrix)
    path = "".join(_loop(corners) for corners in _outlines(matrix))
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}"><path d="{path}"/></svg>'
    return QrPicture(svg, code.version, size)


def _loop(corners: list[Corner]) -> str:
    return "M" + "L".join(f"{x} {y}" for x, y in corners) + "Z"


def _edges(matrix: Matrix) -> dict[Corner, list[Corner]]:
    """Unit edges with dark on their right, start → ends; edges between two dark modules are left out."""
    size = len(matrix)

    def dark(x: int, y: int) -> bool:
        return 0 <= x < size and 0 <= y < size and bool(matrix[y][x])

    edges: dict[Corner, list[Corner]] = {}
    for y in range(size):
        for x in range(size):
            if not dark(x, y):
                continue
            sides = (
                (dark(x, y - 1), (x, y), (x + 1, y)),
                (dark(x + 1, y), (x + 1, y), (x + 1, y + 1)),
                (dark(x, y + 1), (x + 1, y + 1), (x, y + 1)),
                (dark(x - 1, y), (x, y + 1), (x, y)),
            )
            for covered, start, end in sides:
                if not covered:
                    edges.setdefault(start, []).append(end)
    return edges


def _outlines(matrix: Matrix) -> Iterator[list[Corner]]:
    """Closed outlines, each a list of its turning points."""
    edges = _edges(matrix)
    while edges:
        start = min(edges)
        loop = [start]
        at = start
        while True:
            ends = edges[at]
            nxt = ends.pop()
            if not ends:
                del edges[at]
            if len(loop) > 1 and _straight(loop[-2], loop[-1], nxt):
                loop[-1] = nxt
            else:
                loop.append(nxt)
            at = nxt
            if at == start:
                break
        yield loop[:-1]


def _straight(a: Corner, b: Corner, c: Corner) -> bool:
    return (a[0] == b[0] == c[0]) or (a[1] == b[1] == c[1])
