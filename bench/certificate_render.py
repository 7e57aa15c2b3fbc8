"""What one certificate costs: ours warm and cold, and a peer from PyPI beside it.

``python -m bench.certificate_render [N]``. Every document has another name and number. The peer, fpdf2, is
no dependency of the project: ``scripts/bench`` puts it (requirements-bench.txt) into a folder beside this project's
libraries; without it only ours is measured. It draws the same page with the same font file, code, seal and ornament,
parsed once outside the clock; it writes plain PDF where ours writes PDF/A-2b. Wanted: full page, warm, at most 10 ms median.
"""

from __future__ import annotations

import importlib.util
import io
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

from core.numbers import LicenceId
from printing.face import CertificateFace, FaceField, validity_text
from printing.original import seal_certificate
from printing.ports import cose, pki
from printing.ports.pades import PadesTestSigner
from printing.ports.typst_port import drawn_svg, font_files
from printing.render import render_face, render_sheet, template_path
from printing.seal_art import seal_svg
from printing.signing import KeyUse
from printing.verify_code import VerifyCode, make_code

N = int(sys.argv[1]) if len(sys.argv) > 1 else 200
COLD_RUNS = 5
NAMES = "甲乙丙丁戊己庚辛壬癸"
DAY, LAST = date(2026, 11, 22), date(2030, 11, 21)

Job = Callable[[CertificateFace, VerifyCode], object]


def face(i: int) -> CertificateFace:
    values = (
        ("unit_name", "单位名称", f"东城区测试第{i}理发店"),
        ("legal_rep", "法定代表人（负责人）", f"测试{NAMES[i % 10]}{NAMES[i // 10 % 10]}"),
        ("address", "地址", f"东城区测试路{i}号2层"),
        ("project", "许可项目", "理发"),
        ("validity", "有效期限", validity_text(DAY, LAST)),
    )
    return CertificateFace(
        template="public_place_health_licence",
        title="卫生许可证",
        number=f"东卫公证字〔2026〕第{i:06d}号",
        identifier=LicenceId("11100000000000903Y001", "11110101000000001A", f"{2026000000 + i}"),
        fields=tuple(FaceField(*each) for each in values),
        issuer="东城区测试行政审批服务局",
        issued_on=DAY,
        valid_from=DAY,
        valid_to=LAST,
        verify_code=f"{i:010d}",
        holder_key="unit_name",
    )


def measure(name: str, job: Job, count: int) -> None:
    """Median and 95th percentile by the clock, and median CPU time, of ``count`` documents, after three that do not count.

    On a machine that is busy with other work the CPU time is the truer figure.
    """
    key = cose.new_key()
    papers = [(each, make_code(each, key, "verify.tongban.example")) for each in map(face, range(count + 3))]
    wall, cpu = [], []
    for paper in papers:
        start, used = time.perf_counter(), time.process_time()
        job(*paper)
        wall.append((time.perf_counter() - start) * 1000)
        cpu.append((time.process_time() - used) * 1000)
    kept = sorted(wall[3:])
    middle, late, work = statistics.median(kept), kept[int(len(kept) * 0.95)], statistics.median(cpu[3:])
    print(f"{name:<50} median {middle:7.2f} ms   p95 {late:7.2f} ms   CPU {work:7.2f} ms   n={count}")


def measure_cold() -> None:
    """The first page of a process: fonts found, ornament drawn, everything compiled; imports not counted."""
    program = (
        "import time, bench.certificate_render as b\n"
        "f = b.face(1); c = b.make_code(f, b.cose.new_key(), 'verify.tongban.example')\n"
        "t = time.perf_counter(); b.render_face(f, c); print(time.perf_counter() - t)"
    )
    runs = [
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
        for _ in range(COLD_RUNS)
    ]
    cold = statistics.median(float(run.stdout) for run in runs) * 1000
    print(f"{'ours, first page of a process (cold)':<50} median {cold:7.2f} ms   n={COLD_RUNS}")


def peer(*, full: bool) -> Job:
    """The same page by fpdf2, positions as in our template."""
    from fpdf import FPDF
    from fpdf.svg import SVGObject

    regular, bold = font_files()
    seal = SVGObject(seal_svg("东城区测试行政审批服务局"))
    ground = SVGObject(drawn_svg(template_path("ground_a4_landscape")))

    def page(paper: CertificateFace, code: VerifyCode) -> bytes:
        pdf = FPDF("landscape", "mm", "A4")
        pdf.add_font("serif", "", regular.path, collection_font_number=regular.index)
        pdf.add_font("serif", "B", bold.path, collection_font_number=bold.index)
        pdf.add_page()
        if full:
            ground.draw_to_page(pdf)
        for text, style, size, x, y in lines(paper, full=full):
            pdf.set_font("serif", style, size)
            pdf.text(x, y, text)
        pdf.image(io.BytesIO(code.picture.svg.encode()), 37, 149, 30, 30)
        seal.draw_to_page(pdf, 202, 139)
        return bytes(pdf.output())

    return page


def lines(paper: CertificateFace, *, full: bool) -> list[tuple[str, str, float, float, float]]:
    rows = [(field.value, "", 15, 87.0, 80 + 14.0 * i) for i, field in enumerate(paper.fields)]
    rows += [(paper.number, "", 12, 118, 63), (paper.issuer, "", 14, 193, 152), ("2026年11月22日", "", 14, 205, 169.2)]
    rows += [(paper.verify_code, "B", 10.5, 87, 163), (str(paper.identifier), "", 8.5, 73, 178)]
    if full:
        rows += [(field.label, "B", 12, 37, 80 + 14.0 * i) for i, field in enumerate(paper.fields)]
        rows += [(paper.title, "B", 44, 100, 50), ("核验码", "", 10.5, 73, 163), ("电子证照标识", "", 8.5, 73, 172)]
    return rows


def main() -> None:
    print(f"{platform.machine()}, Python {platform.python_version()}")
    seal = seal_svg("东城区测试行政审批服务局")
    now = datetime.now(UTC)
    signer = PadesTestSigner(pki.create_test_signer(pki.create_test_authority(now), KeyUse.SEAL, now))
    measure("ours, page of the original, PDF/A-2b", render_face, N)
    measure("ours, sheet with seal, PDF/A-2b", lambda f, c: render_sheet(f, c, seal), N)
    measure("ours, overlay for a preprinted blank, PDF/A-2b", lambda f, c: render_sheet(f, c, seal, full=False), N)
    measure("ours, page + PAdES signature with visible seal", lambda f, c: seal_certificate(f, c, signer), N)
    measure("ours, nothing changed but the number", lambda f, c: render_face(replace(face(1), number=f.number), c), N)
    measure_cold()
    if importlib.util.find_spec("fpdf") is None:
        print("peer not measured: pip install fpdf2==2.8.9 (see the head of this file)")
        return
    measure("peer fpdf2, page with seal, plain PDF", peer(full=True), max(5, N // 40))
    measure("peer fpdf2, overlay, plain PDF", peer(full=False), max(5, N // 40))


if __name__ == "__main__":
    main()
