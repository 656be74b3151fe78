"""What is said around a certificate before and after it is printed."""

from collections.abc import Mapping

from kiosk.domain.text import Text

LIST = (Text("打印证明材料", "Print certificates"), Text("只列出您本人的。", "Only your own are listed."))
LOOKING = Text("正在查询有哪些材料…", "Looking for your documents…")
NONE = Text("现在没有可以打印的材料。", "There is nothing to print for you now.")
AGAIN = Text("再查一次", "Ask again")
PAGES = Text("{source} · {pages} 页", "{source} · {pages} page(s)")
TITLES: Mapping[str, Text] = {
    "ready": Text("打印前请核对", "Please check before it is printed"),
    "fetching": Text("正在准备材料", "Fetching the document"),
    "printing": Text("正在打印，请稍候", "Printing, please wait"),
    "printed": Text("请取走打印件", "Please take your print"),
    "not-printed": Text("没有打印出来", "It was not printed"),
    "unknown": Text("可能已经打印，请看出纸口", "It may have been printed; look at the tray"),
}
PRINT = Text("打印", "Print")
PRINT_AGAIN = Text("再打印一次", "Print again")
