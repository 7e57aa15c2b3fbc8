"""Invented certificates, keys and papers for the tests of this folder."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from core.clock import MovedClock
from core.numbers import LicenceId
from printing.face import CertificateFace, FaceField, validity_text
from printing.ports import cose, pki
from printing.ports.pades import PadesTestSigner
from printing.receipts import ReceiptData, ReceiptKind
from printing.signing import KeyUse
from printing.verify_code import VerifyCode, make_code, trusted

HOST = "verify.tongban.example"
NOW = datetime(2026, 11, 22, 6, 36, tzinfo=UTC)
AGENCY = "东城区测试行政审批服务局"

FACE = CertificateFace(
    template="public_place_health_licence",
    title="卫生许可证",
    number="东卫公证字〔2026〕第000001号",
    identifier=LicenceId("11100000000000903Y001", "11110101000000001A", "2026000001"),
    fields=(
        FaceField("unit_name", "单位名称", "东城区测试理发店（个体工商户）"),
        FaceField("legal_rep", "法定代表人（负责人）", "测试甲"),
        FaceField("address", "地址", "东城区测试路8号2层"),
        FaceField("project", "许可项目", "理发"),
        FaceField("validity", "有效期限", validity_text(date(2026, 11, 22), date(2030, 11, 21))),
    ),
    issuer=AGENCY,
    issued_on=date(2026, 11, 22),
    valid_from=date(2026, 11, 22),
    valid_to=date(2030, 11, 21),
    verify_code="7K2M9PQR4T",
    holder_key="unit_name",
)


def face_with(key: str, value: str) -> CertificateFace:
    """``FACE`` with another value in one field."""
    return replace(FACE, fields=tuple(replace(f, value=value) if f.key == key else f for f in FACE.fields))


@cache
def code_key() -> bytes:
    """The same key each time, so that the codes of these tests are the same pictures each time. Nobody's secret."""
    key = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def code_trust() -> dict[bytes, bytes]:
    return trusted(cose.public_pem(code_key()))


def code_of(face: CertificateFace) -> VerifyCode:
    return make_code(face, code_key(), HOST)


@cache
def authority() -> pki.AuthorityPems:
    return pki.create_test_authority(NOW)


@cache
def signer(use: KeyUse) -> PadesTestSigner:
    return PadesTestSigner(pki.create_test_signer(authority(), use, NOW), MovedClock(NOW))


def _bow(x: float, y: float, radius: float, start: float, end: float) -> tuple[tuple[int, int], ...]:
    angles = [start + (end - start) * i / 14 for i in range(15)]
    return tuple((int(x + radius * 0.3 * math.cos(a)), int(y + radius * math.sin(a))) for a in angles)


STROKES = (
    _bow(250, 400, 260, 3.6, 5.6),
    ((250, 200), (255, 700)),
    _bow(600, 450, 300, 0.0, 6.2),
    ((600, 100), (600, 950)),
)

_COMMON = ReceiptData(
    number="东审字〔2026〕第000001号",
    issued_at=NOW,
    agency=AGENCY,
    item="公共场所卫生许可",
    situation="新办",
    case_no="110101-20261122-000001",
    applicant="东城区测试理发店（个体工商户）",
    facts=(
        ("申请人", "东城区测试理发店（个体工商户）"),
        ("统一社会信用代码", "92110101MA00000005"),
        ("法定代表人", "测试甲"),
        ("证件号码", "110101********0014"),
        ("经营地址", "东城区测试路8号2层"),
        ("电子证照标识", str(FACE.identifier)),
    ),
    phone="010-00000000",
    place="东城区政务服务中心1号自助终端",
    ground="《公共场所卫生管理条例》第八条",
)
_MAKE_GOOD = ("方位图、平面图和卫生设施布局图", "卫生检测或评价报告", "卫生管理制度和卫生管理员名单")
_CONSEQUENCES = ("到期没有补齐，或者核查不符合承诺的，责令限期整改。", "逾期不改或整改后仍不合格的，撤销许可。")

RECEIPTS = {
    ReceiptKind.INTAKE_RECEIPT: replace(
        _COMMON,
        materials=(
            ("卫生许可证申请表", "系统生成，本人签名"),
            ("营业执照", "电子证照，免提交"),
            *((each, "承诺后补") for each in _MAKE_GOOD),
        ),
        promised="当场作出决定",
    ),
    ReceiptKind.PLEDGE_DOCUMENT: replace(
        _COMMON,
        conditions=("场所选址、设计、布局符合公共场所卫生标准和规范。", "建立卫生管理制度，设专职或兼职卫生管理员。"),
        clauses=("我填写的内容和提交的材料真实、合法、有效。", "没有达到卫生许可基本条件以前，我不开门营业。"),
        consequences=_CONSEQUENCES,
        withdraw="在作出决定以前，您可以随时撤回承诺，改走普通程序。",
        make_good=_MAKE_GOOD,
        make_good_by=date(2027, 1, 21),
        inspect_by=date(2027, 1, 20),
        strokes=STROKES,
        digest="00" * 32,
    ),
    ReceiptKind.DECISION: replace(
        _COMMON,
        certificate="卫生许可证",
        make_good=_MAKE_GOOD,
        make_good_by=date(2027, 1, 21),
        inspect_by=date(2027, 1, 20),
        consequences=_CONSEQUENCES,
    ),
    ReceiptKind.NOT_NEEDED: replace(
        _COMMON,
        conclusion="您不需要办理卫生许可证",
        explanation="在城市里营业面积不到300平方米的商场、书店，不需要办理公共场所卫生许可。",
        answers=(("您要开的是哪一类场所？", "商场、超市、书店"), ("营业面积有多大？", "在城市，不到300平方米")),
    ),
}
