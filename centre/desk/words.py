"""What codes are called at the desk."""

from __future__ import annotations

from core.failures import every_failure

CASE = {
    "accepted": "已受理",
    "normal": "待审查",
    "decided": "已决定",
    "sealed": "已签章",
    "printed": "已出证",
    "print_unknown": "打印不明",
    "refused": "不予许可",
    "withdrawn": "已撤回",
}
ROUTE = {"pledge": "告知承诺", "normal": "普通程序"}
EVENT = {
    "accepted": "受理",
    "receipted": "出具受理通知书",
    "decided": "作出决定",
    "sealed": "签章、生成打印单",
    "withdrawn": "申请人撤回",
    "handed_over": "转人工审查",
    "print_printed": "打印完成",
    "print_unknown": "打印结果不明",
    "settled_printed": "两人核对：已打印",
    "settled_spoiled": "两人核对：已作废，可重新打印",
    "settled_untouched": "两人核对：未打印，可重新打印",
}
ORDER = {
    "sealed": "待打印",
    "offered": "准备打印",
    "authorized": "打印中",
    "printed": "已打印",
    "unknown": "结果不明，须两人核对",
    "cancelled": "已取消",
}
PLEDGE = {"open": "待补齐", "overdue": "逾期未补"}
HOW = {
    "id_card": "刷身份证，免提交",
    "e_licence": "调用电子证照，免提交",
    "generated": "系统生成",
    "pledged": "承诺后补交",
    "scanned": "窗口提交",
}
USE = {"used": "已调用"}
STATUS = {"issued": "有效"}


def source(code: str, licences: dict[str, str]) -> str:
    """Where a value came from."""
    room, _, rest = code.partition(".")
    if room == "licence":
        return f"电子证照·{licences.get(rest.partition('.')[0], rest)}"
    return {"id_card": "身份证读取", "guide": "导办回答", "typed": "本人填写"}.get(room, code)


def actor(code: str) -> str:
    room, _, rest = code.partition(":")
    return {"device": f"终端 {rest}", "machine": "系统", "officer": "工作人员"}.get(room, code)


def reason(code: str) -> str:
    """A failure code as the technician reads it."""
    known = every_failure().get(code)
    return known.technician.zh if known else code
