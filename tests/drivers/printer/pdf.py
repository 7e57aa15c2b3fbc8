"""The smallest PDF that a printer takes: blank pages, or pages padded to a size."""

from __future__ import annotations


def blank_pdf(pages: int = 1, padding: int = 0) -> bytes:
    """A4 pages without content; ``padding`` bytes of an unused stream."""
    kids = " ".join(f"{number} 0 R" for number in range(4, 4 + pages))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>",
        f"<< /Length {padding} >>\nstream\n{'x' * padding}\nendstream",
        *(["<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << >> >>"] * pages),
    ]
    body, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n".encode()
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    trailer = f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    return body + f"xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}".encode()
