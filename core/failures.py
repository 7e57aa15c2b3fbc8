"""Every way in which something can go wrong, named for what the person can do next.

::

    Failure
    ├── Cancelled              the person or the program stopped waiting (never shown)
    ├── TookTooLong            no answer in time
    ├── DeviceFailure
    │   ├── DeviceGone         unplugged, port vanished
    │   ├── DeviceSilent       three time-outs in a row
    │   ├── DeviceNoise        answers that are no answers
    │   └── DeviceBroken       its own self-test failed, not licensed
    ├── CardFailure
    │   ├── NoCard             nothing on the glass
    │   ├── CardMoved          lifted while it was being read
    │   ├── CardNotId          some other card
    │   ├── CardNotGenuine     card and security module do not accept each other
    │   ├── CardUnreadable     chip present, content not
    │   ├── CardExpired
    │   └── CardKindNotServed  lawful card, but this item is not for it
    ├── PrinterFailure
    │   ├── PrinterGone  PaperOut  PaperJam  CoverOpen  TonerOut  PrinterBusy  BlanksOut
    │   ├── NotPrinted         provably no sheet
    │   └── PrintUnknown       a person must look
    ├── CentreFailure
    │   ├── CentreAway         cannot be reached
    │   ├── CentreRefused      it does not know or trust this terminal
    │   └── CentreConfused     it answered something we do not understand
    ├── LicenceFailure
    │   ├── LicenceMissing  LicenceRevoked  LicenceExpired  LicenceNotYours
    ├── CaseFailure
    │   ├── ItemNotOffered  FormIncomplete  SignatureBroken  PledgeNotOffered  ConsentGone  AlreadyDecided
    │   └── GlyphMissing       a character that no font of ours can print
    └── HouseFailure           a fault of ours; staff

Each class has a stable ``code``, says whether trying again can help, and carries one sentence for the citizen and one
for the technician in both languages. ``detail`` is for technicians and never holds personal data.
"""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from core.words import Words


class Recovery(StrEnum):
    """What helps: the person tries again, takes another way, waits, or staff come."""

    TRY_AGAIN = "try_again"
    ANOTHER_WAY = "another_way"
    WAIT = "wait"
    STAFF = "staff"


class Failure(Exception):
    code: ClassVar[str] = "HOUSE_FAILURE"
    recovery: ClassVar[Recovery] = Recovery.STAFF
    permanent: ClassVar[bool] = False
    citizen: ClassVar[Words] = Words(
        "本机出了点问题，请呼叫工作人员。", "This terminal has a problem. Please call staff."
    )
    technician: ClassVar[Words] = Words(
        "程序内部错误，请导出日志并联系开发者。", "Internal error: export the journal and tell the developers."
    )

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail)
        self.detail = detail

    def __str__(self) -> str:
        return f"{self.code}: {self.detail}" if self.detail else self.code


class HouseFailure(Failure):
    pass


class Cancelled(Failure):
    code = "CANCELLED"
    recovery = Recovery.TRY_AGAIN
    citizen = Words("已停止。", "Stopped.")
    technician = Words("等待被取消。", "The wait was cancelled.")


class TookTooLong(Failure):
    code = "TOOK_TOO_LONG"
    recovery = Recovery.TRY_AGAIN
    citizen = Words("等得太久了，请再试一次。", "That took too long. Please try again.")
    technician = Words("在规定时间内没有答复。", "No answer within the time allowed.")


class DeviceFailure(Failure):
    code = "DEVICE_FAILURE"
    citizen = Words(
        "本机的一个部件出了问题，请呼叫工作人员。", "A part of this terminal is not working. Please call staff."
    )
    technician = Words("设备故障，请运行自检。", "Device fault: run its self-test.")


class DeviceGone(DeviceFailure):
    code = "DEVICE_GONE"
    recovery = Recovery.ANOTHER_WAY
    citizen = Words(
        "读卡部件没有连上，请呼叫工作人员，或换一台机器办理。",
        "The reader is not connected. Please call staff or use another terminal.",
    )
    technician = Words("端口不存在或已断开：检查电源和数据线。", "Port missing or closed: check power and cable.")


class DeviceSilent(DeviceFailure):
    code = "DEVICE_SILENT"
    recovery = Recovery.TRY_AGAIN
    citizen = Words(
        "读卡部件没有反应，请再试一次；仍不行请呼叫工作人员。",
        "The reader does not answer. Please try again, then call staff.",
    )
    technician = Words(
        "端口打开但没有任何答复：检查波特率、供电，重新上电。",
        "Port opens but nothing answers: check baud rate and power, then power-cycle.",
    )


class DeviceNoise(DeviceFailure):
    code = "DEVICE_NOISE"
    recovery = Recovery.TRY_AGAIN
    citizen = Words("读卡时受到干扰，请再试一次。", "The reader was disturbed. Please try again.")
    technician = Words(
        "收到的数据不成帧或校验错误：检查接地、线缆长度和波特率。",
        "Broken frames or checksums: check grounding, cable length and baud rate.",
    )


class DeviceBroken(DeviceFailure):
    code = "DEVICE_BROKEN"
    permanent = True
    citizen = Words(
        "读卡部件坏了，请呼叫工作人员，或换一台机器办理。",
        "The reader is out of order. Please call staff or use another terminal.",
    )
    technician = Words(
        "安全模块自检失败或未授权：更换读卡器。",
        "Security module failed its self-test or is not authorised: replace the reader.",
    )


class CardFailure(Failure):
    code = "CARD_FAILURE"
    recovery = Recovery.TRY_AGAIN
    citizen = Words(
        "没有读出来，请把身份证平放好，再试一次。", "The card could not be read. Lay it flat and try again."
    )
    technician = Words("读卡失败。", "Card read failed.")


class NoCard(CardFailure):
    code = "NO_CARD"
    citizen = Words("没有看到身份证，请平放在感应区。", "No card seen. Please lay your ID card on the reader.")
    technician = Words(
        "感应区内没有卡，或刚读过的卡尚未拿开。", "No card in the field, or the card just read has not been lifted."
    )


class CardMoved(CardFailure):
    code = "CARD_MOVED"
    citizen = Words(
        "身份证拿开得太早了，请重新放好，等提示后再拿。", "The card was lifted too soon. Lay it down again and wait."
    )
    technician = Words("读卡过程中卡离开感应区。", "The card left the field while being read.")


class CardNotId(CardFailure):
    code = "CARD_NOT_ID"
    recovery = Recovery.ANOTHER_WAY
    citizen = Words(
        "这张不是身份证，请换成身份证、居住证或永久居留身份证。",
        "This is not an ID card. Please use an ID or residence card.",
    )
    technician = Words("卡片类型不能识别。", "Card type not recognised.")


class CardNotGenuine(CardFailure):
    code = "CARD_NOT_GENUINE"
    recovery = Recovery.STAFF
    citizen = Words(
        "这张身份证没有通过校验，请到窗口核对证件。", "This card could not be verified. Please ask at the counter."
    )
    technician = Words(
        "卡与安全模块互相认证失败：换卡再试，多卡失败则更换读卡器。",
        "Card and security module reject each other: try other cards; if all fail replace the reader.",
    )


class CardUnreadable(CardFailure):
    code = "CARD_UNREADABLE"
    recovery = Recovery.ANOTHER_WAY
    citizen = Words(
        "芯片读不出来，可能已损坏。您可以到窗口人工办理。",
        "The chip cannot be read and may be damaged. The counter can help you.",
    )
    technician = Words("卡片内容不合规范或多次读失败。", "Card content is out of specification or failed repeatedly.")


class CardExpired(CardFailure):
    code = "CARD_EXPIRED"
    recovery = Recovery.ANOTHER_WAY
    citizen = Words(
        "身份证已过有效期，请换领新证后再来，或到窗口咨询。",
        "Your card has expired. Please renew it first, or ask at the counter.",
    )
    technician = Words("卡片有效期已过。", "The card is past its last day.")


class CardKindNotServed(CardFailure):
    code = "CARD_KIND_NOT_SERVED"
    recovery = Recovery.ANOTHER_WAY
    citizen = Words(
        "这类证件不能在本机办理此事项，窗口可以为您办理。",
        "This kind of card cannot be used here for this item. The counter can help you.",
    )
    technician = Words("证件种类不在该事项允许的范围内。", "Card kind is not on this item's list.")


class PrinterFailure(Failure):
    code = "PRINTER_FAILURE"
    citizen = Words(
        "打印机出了问题，您办好的事没有丢，请呼叫工作人员。",
        "The printer has a problem. Nothing you did is lost. Please call staff.",
    )
    technician = Words("打印机故障，查看打印机面板。", "Printer fault: look at its panel.")


class PrinterGone(PrinterFailure):
    code = "PRINTER_GONE"
    citizen = Words(
        "打印机没有连上，现在不能出证。您可以换一台机器，或呼叫工作人员。",
        "The printer is not connected. Use another terminal or call staff.",
    )
    technician = Words(
        "打印机地址无法连接：检查电源、网线和地址设置。",
        "Printer address unreachable: check power, network and its address.",
    )


class PaperOut(PrinterFailure):
    code = "PAPER_OUT"
    citizen = Words("证照纸用完了，请呼叫工作人员加纸。", "Certificate paper is out. Please call staff to refill.")
    technician = Words(
        "证照纸盒已空：由两人装入新号段并登记。", "Certificate tray empty: two people load and register a new range."
    )


class PaperJam(PrinterFailure):
    code = "PAPER_JAM"
    citizen = Words(
        "打印机卡纸了，不是您的问题，请呼叫工作人员。",
        "The printer has a paper jam. It is not your fault. Please call staff.",
    )
    technician = Words(
        "卡纸：清纸后核对空白证编号并登记。", "Paper jam: clear it, then check and register the blank number."
    )


class CoverOpen(PrinterFailure):
    code = "COVER_OPEN"
    citizen = Words("打印机盖子没有关好，请呼叫工作人员。", "The printer cover is open. Please call staff.")
    technician = Words("打印机前盖或后盖打开。", "A printer cover is open.")


class TonerOut(PrinterFailure):
    code = "TONER_OUT"
    citizen = Words("打印机墨粉用完了，请呼叫工作人员。", "The printer is out of toner. Please call staff.")
    technician = Words("墨粉已空：更换后打印测试页。", "Toner empty: replace it and print a test page.")


class PrinterBusy(PrinterFailure):
    code = "PRINTER_BUSY"
    recovery = Recovery.WAIT
    citizen = Words("打印机正在忙，请稍等。", "The printer is busy. Please wait.")
    technician = Words("打印机有未完成的任务。", "The printer has an unfinished job.")


class BlanksOut(PrinterFailure):
    code = "BLANKS_OUT"
    citizen = Words(
        "本机没有可用的空白证，现在不能当场出证。您可以换一台机器，或呼叫工作人员。",
        "No certificate blanks are left here. Use another terminal or call staff.",
    )
    technician = Words(
        "登记的空白证号段已用完：由两人装入新号段并登记。",
        "The registered range of blanks is used up: two people load and register a new one.",
    )


class NotPrinted(PrinterFailure):
    code = "NOT_PRINTED"
    citizen = Words(
        "这次没有打印出来，您的许可已经办成，没有丢。工作人员会为您重新打印。",
        "Nothing was printed this time. Your licence is granted and safe; staff will print it.",
    )
    technician = Words(
        "打印机证实没有出纸：查明原因后可重新发放打印许可。",
        "The printer proves that no sheet was made: find the cause, then a new permit may be given.",
    )


class PrintUnknown(PrinterFailure):
    code = "PRINT_UNKNOWN"
    citizen = Words(
        "还不能确定证照有没有打印好，请不要离开，工作人员会来查看。您的许可已经办成。",
        "We cannot tell yet whether the certificate was printed. Please wait for staff. Your licence is granted.",
    )
    technician = Words(
        "打印结果不明：两人核对出纸口、废纸箱和空白证编号后登记，系统不会自动重打。",
        "Print outcome unknown: two people check slot, bin and blank number and register it. Nothing reprints by itself.",
    )


class CentreFailure(Failure):
    code = "CENTRE_FAILURE"
    citizen = Words(
        "后台暂时不能办理，请稍后再试或到窗口办理。",
        "The service is not available now. Try later or go to the counter.",
    )
    technician = Words("中心返回错误。", "The centre answered with an error.")


class CentreAway(CentreFailure):
    code = "CENTRE_AWAY"
    recovery = Recovery.WAIT
    citizen = Words(
        "网络暂时不通，请稍等再试，或到窗口办理。",
        "The network is down. Please wait and try again, or go to the counter.",
    )
    technician = Words(
        "连不上中心：检查网线、网关和中心地址。", "The centre cannot be reached: check network, gateway and address."
    )


class CentreRefused(CentreFailure):
    code = "CENTRE_REFUSED"
    permanent = True
    citizen = Words("本机暂停服务，请换一台机器。", "This terminal is out of service. Please use another one.")
    technician = Words(
        "中心不认可本机的密钥或时间：检查注册状态和系统时钟。",
        "The centre does not accept this terminal's key or clock: check enrolment and system time.",
    )


class CentreConfused(CentreFailure):
    code = "CENTRE_CONFUSED"
    citizen = Words(
        "后台的答复不完整，请稍后再试或到窗口办理。",
        "The service gave an incomplete answer. Try later or go to the counter.",
    )
    technician = Words(
        "中心答复不符合接口版本：核对两端版本。", "The reply does not fit the wire version: compare versions."
    )


class LicenceFailure(Failure):
    code = "LICENCE_FAILURE"
    recovery = Recovery.ANOTHER_WAY
    citizen = Words(
        "电子证照不能使用，请到窗口核对。", "The electronic licence cannot be used. Please ask at the counter."
    )
    technician = Words("电子证照校验未通过。", "The electronic licence failed verification.")


class LicenceMissing(LicenceFailure):
    code = "LICENCE_MISSING"
    citizen = Words(
        "没有查到您名下的营业执照。请先办理营业执照，或到窗口咨询。",
        "No business licence was found in your name. Please register first, or ask at the counter.",
    )
    technician = Words("证照库没有该持证人的有效证照。", "The library holds no valid licence for this holder.")


class LicenceRevoked(LicenceFailure):
    code = "LICENCE_REVOKED"
    citizen = Words(
        "您的营业执照已被注销或吊销，不能用来办理。请到窗口咨询。",
        "Your business licence has been cancelled or revoked and cannot be used. Please ask at the counter.",
    )
    technician = Words("证照状态为注销、吊销或撤销。", "Licence status is cancelled, revoked or rescinded.")


class LicenceExpired(LicenceFailure):
    code = "LICENCE_EXPIRED"
    citizen = Words("您的证照已过有效期，请先换新。", "Your licence has expired. Please renew it first.")
    technician = Words("证照有效期已过。", "The licence is past its last day.")


class LicenceNotYours(LicenceFailure):
    code = "LICENCE_NOT_YOURS"
    citizen = Words(
        "这份电子证照不在您名下，不能使用。需要代办请到窗口。",
        "This electronic licence is not in your name. For agents, please go to the counter.",
    )
    technician = Words(
        "证照持证主体或负责人与所刷证件不符。", "Holder or person in charge does not match the card read."
    )


class CaseFailure(Failure):
    code = "CASE_FAILURE"
    recovery = Recovery.ANOTHER_WAY
    citizen = Words(
        "这件事现在不能在本机办理，窗口可以为您办理。", "This cannot be done here now. The counter can help you."
    )
    technician = Words("办件被拒绝。", "The case was refused.")


class ItemNotOffered(CaseFailure):
    code = "ITEM_NOT_OFFERED"
    citizen = Words(
        "这个事项本机暂时不办，请到窗口办理。", "This item is not offered here now. Please go to the counter."
    )
    technician = Words(
        "事项未发布、版本不符或本机未获授权。", "Item not published, wrong version, or this terminal is not authorised."
    )


class FormIncomplete(CaseFailure):
    code = "FORM_INCOMPLETE"
    recovery = Recovery.TRY_AGAIN
    citizen = Words("表格还有没填好的地方，请返回检查。", "Some fields are not complete. Please go back and check.")
    technician = Words("提交的表单不完整或格式不对。", "The submitted form is incomplete or malformed.")


class SignatureBroken(CaseFailure):
    code = "SIGNATURE_BROKEN"
    recovery = Recovery.TRY_AGAIN
    citizen = Words("签名和文件对不上，请重新签名。", "The signature does not match the document. Please sign again.")
    technician = Words("签名所绑定的摘要与文件不符。", "The digest bound to the signature is not that of the document.")


class PledgeNotOffered(CaseFailure):
    code = "PLEDGE_NOT_OFFERED"
    citizen = Words(
        "这次不能用告知承诺办理，可以走普通程序。", "The pledge path is not open this time. The normal path is."
    )
    technician = Words(
        "事项不在承诺清单内，或申请人信用不符合条件。",
        "Item is not on the pledge list, or the applicant's credit excludes it.",
    )


class ConsentGone(CaseFailure):
    code = "CONSENT_GONE"
    recovery = Recovery.TRY_AGAIN
    citizen = Words("授权已过期，请重新刷身份证。", "Your consent has expired. Please lay your card down again.")
    technician = Words("授权事务不存在、已用完或已过期。", "The consent transaction is unknown, used up or expired.")


class AlreadyDecided(CaseFailure):
    code = "ALREADY_DECIDED"
    citizen = Words(
        "决定已经作出，不能再撤回。需要更正请到窗口。",
        "The decision has been made and cannot be withdrawn here. Please ask at the counter.",
    )
    technician = Words("办件已决定，承诺不可撤回。", "The case is decided; the pledge can no longer be withdrawn.")


class GlyphMissing(CaseFailure):
    code = "GLYPH_MISSING"
    citizen = Words(
        "有一个字本机打印不出来，为了不写错您的名字，请到窗口办理。",
        "One character cannot be printed here. So that nothing is misspelt, please go to the counter.",
    )
    technician = Words(
        "证照字体缺少所需字符：安装补充字库。",
        "The certificate fonts lack a character: install the supplementary font.",
    )


def _family(root: type[Failure]) -> dict[str, type[Failure]]:
    found = {root.code: root}
    for child in root.__subclasses__():
        found |= _family(child)
    return found


def every_failure() -> dict[str, type[Failure]]:
    """Code → class, for all failures."""
    return _family(Failure)


def failure_named(code: str, detail: str = "") -> Failure:
    """The failure for a code that came over the wire; an unknown code is the centre's confusion."""
    known = every_failure().get(code)
    return known(detail) if known is not None else CentreConfused(f"unknown code {code[:40]!r}")
