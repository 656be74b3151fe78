"""What is said of the pages of a document: while they are taken, and of all of them together."""

from kiosk.domain.text import Text

PAGES = {
    "page.duplicate": Text(
        "这一页和已有的一页几乎一样，可能重复了。请换下一页，再来一次。",
        "This looks almost the same as a page that is there already. Lay the next page and take it again.",
    ),
    "live.too-dark": Text("太暗了，请挪开遮挡", "Too dark: move what shades the page"),
    "live.no-page": Text("请把材料放到深色垫子中央", "Lay the page in the middle of the dark mat"),
    "live.cut-off": Text("请把整页都放进画面", "Move the page: all of it has to be in view"),
    "live.blurred": Text("有些模糊，请把材料放平", "Blurred: lay the page flat"),
    "live.moving": Text("请放稳，手先拿开", "Hold still, and take your hand away"),
    "live.ready": Text("可以拍照了", "Ready: take the photo"),
    "materials.too-few-pages": Text(
        "这份材料至少要 {least} 页，请再加一页。没有带齐的，请删除已有的页，先返回。",
        "This document needs at least {least} pages; please add one. "
        "If you do not have them all here, remove the pages taken and go back.",
    ),
}
"""Words for codes."""

PAGE = Text("第 {n} 页", "Page {n}")
PAGE_OF = Text("{name} · 第 {n} 页", "{name} · page {n}")
ONE_OF = Text("第 {n} 页，共 {of} 页", "Page {n} of {of}")
NONE_YET = Text("一页也没有。", "No page is there.")
WITHIN = Text(
    "已有 {n} 页。至少 {least} 页，最多 {most} 页。点一页可以放大、移动、重来或删除。",
    "{n} taken; at least {least}, at most {most}. Touch a page to see it large, "
    "take it again, move or remove it.",
)
UP_TO = Text(
    "已有 {n} 页，最多 {most} 页。点一页可以放大、移动、重来或删除。",
    "{n} taken, at most {most}. Touch a page to see it large, take it again, move or remove it.",
)
FULL = Text(
    "最多 {most} 页，已经够了。要换哪一页，点那一页，再来一次。",
    "At most {most} pages, and they are all there. To replace one, touch it and take it again.",
)
REMOVED = Text("第 {n} 页已删除。", "Page {n} was removed.")
TAKEN = Text("已有 {n} 页", "Pages taken: {n}")
TOO_FEW = Text("已有 {n} 页，至少要 {least} 页", "Pages taken: {n} of at least {least}")
