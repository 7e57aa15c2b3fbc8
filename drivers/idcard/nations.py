"""Nation codes of GB/T 3304 as they stand on the chip: two digits, name without 族."""

from __future__ import annotations

_ORDER = (
    "汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 "
    "佤 畲 高山 拉祜 水 东乡 纳西 景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 "
    "塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺"
)
NATIONS: dict[str, str] = {f"{n:02d}": name for n, name in enumerate(_ORDER.split(), 1)} | {
    "97": "其他",
    "98": "外国血统中国籍人士",
}
CODES: dict[str, str] = {name: code for code, name in NATIONS.items()}


def nation_name(code: str) -> str:
    """``01`` → 汉. Makers' tables differ above 56, so an unknown code is shown and not refused; blank stays blank."""
    return NATIONS.get(code, f"其他({code})") if code else ""
