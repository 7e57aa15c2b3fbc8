"""Several certificates at once: the machine works on four threads, the doors on more."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from printing.ports import fonts

PLACE = (0.01, 0.0, 0.0, -0.01, 0.0, 0.0)
TEXT = "东城区测试行政审批服务局卫生许可证公共场所法定代表人负责地址项目有效期限"


def forget_fonts() -> None:
    for file in fonts.font_files():
        fonts._face(file.weight).close()
    fonts._face.cache_clear()


def test_outlines_drawn_by_many_threads_are_those_drawn_by_one() -> None:
    forget_fonts()
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda char: fonts.outline(char, PLACE), TEXT * 4))
    forget_fonts()
    assert together == [fonts.outline(char, PLACE) for char in TEXT] * 4
