"""What is known of social networks: their hosts, and the shapes that links to one profile take.

Written from the networks' own links as of 2025. A shape is a regular expression over the path, without its first slash;
the first that fits says how the canonical path is written. Each is anchored and free of nested repetition.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Network:
    """One social network. handle and number say how a link to a name or to a numeric id is written."""

    slug: str
    host: str
    other_hosts: tuple[str, ...] = ()
    handle: str = "{}"
    number: str = ""
    shapes: tuple[tuple[str, str], ...] = ()
    """(pattern of "path" or "path?query", canonical path with \\1 …)"""
    exact: tuple[str, ...] = ()
    """Beginnings of paths whose rest is a code; everywhere else names are without case."""
    nickname: str = ""
    """How a link to a name in any script is written, where the network has such names."""

    def canonical_path(self, path: str, query: str) -> str:
        """The canonical path (with its query) of a link to a profile, or "" where the link is of no known shape."""
        for pattern, template in self.shapes:
            match = re.fullmatch(pattern, path, re.IGNORECASE) or re.fullmatch(
                pattern, f"{path}?{query}", re.IGNORECASE
            )
            if match and (shaped := match.expand(template)).lower() not in RESERVED:
                return shaped if shaped.startswith(self.exact) and self.exact else shaped.lower()
        return ""


_TABS = (
    r"(?:/(?:about|photos|friends|posts|videos|reels|tagged|mentions|followers|following|with_replies|media|likes|details|recent-activity"
    r"|featured|shorts|streams|community|playlists|channels|overview|submitted|comments)(?:/.*)?)?"
)

NETWORKS = (
    Network(
        "facebook",
        "facebook.com",
        ("fb.com", "fb.me", "facebook.me"),
        number="profile.php?id={}",
        shapes=(
            (r"profile\.php\?(?:.*&)?id=([0-9]+)(?:&.*)?", r"profile.php?id=\1"),
            (r"(?:people|pages)/[^/]+/([0-9]+)" + _TABS, r"profile.php?id=\1"),
            (r"p/[^/]*?-([0-9]{8,})" + _TABS, r"profile.php?id=\1"),
            (r"([0-9]{8,})" + _TABS, r"profile.php?id=\1"),
            (r"(?:pg/)?([a-z0-9.]+)" + _TABS, r"\1"),
        ),
    ),
    Network(
        "instagram",
        "instagram.com",
        ("instagr.am", "ig.me"),
        shapes=((r"(?:_u|_n|m|stories)/([a-z0-9._]+)(?:/.*)?", r"\1"), (r"([a-z0-9._]+)" + _TABS, r"\1")),
    ),
    Network(
        "x",
        "x.com",
        ("twitter.com",),
        number="i/user/{}",
        shapes=(
            (r"intent/(?:user|follow)\?(?:.*&)?screen_name=([a-z0-9_]+)(?:&.*)?", r"\1"),
            (r"intent/(?:user|follow)\?(?:.*&)?user_id=([0-9]+)(?:&.*)?", r"i/user/\1"),
            (r"@?([a-z0-9_]+)" + _TABS, r"\1"),
        ),
    ),
    Network("tiktok", "tiktok.com", handle="@{}", shapes=((r"@([a-z0-9._]+)" + _TABS, r"@\1"),)),
    Network(
        "douyin", "douyin.com", ("iesdouyin.com",), shapes=((r"(?:share/)?user/([^/]+)", r"user/\1"),), exact=("user/",)
    ),
    Network(
        "linkedin",
        "linkedin.com",
        handle="in/{}",
        shapes=((r"(?:mwlite/)?(in|company|school|showcase)/([^/]+)(?:/.*)?", r"\1/\2"),),
    ),
    Network("vk", "vk.com", ("vkontakte.ru", "vk.ru"), number="id{}", shapes=((r"([a-z0-9._]+)", r"\1"),)),
    Network(
        "odnoklassniki",
        "ok.ru",
        ("odnoklassniki.ru",),
        number="profile/{}",
        shapes=((r"profile/([0-9]+)(?:/.*)?", r"profile/\1"),),
    ),
    Network(
        "weibo",
        "weibo.com",
        ("weibo.cn",),
        number="u/{}",
        shapes=((r"(?:u/|profile/)?([0-9]{5,})", r"u/\1"), (r"n/([^/]+)", r"n/\1"), (r"(?:p/)?([a-z0-9_-]+)", r"\1")),
        nickname="n/{}",
    ),
    Network(
        "youtube",
        "youtube.com",
        handle="@{}",
        shapes=((r"@([^/]+)" + _TABS, r"@\1"), (r"(c|user|channel)/([^/]+)" + _TABS, r"\1/\2")),
        exact=("channel/",),
        nickname="@{}",
    ),
    Network("threads", "threads.net", ("threads.com",), handle="@{}", shapes=((r"@([a-z0-9._]+)" + _TABS, r"@\1"),)),
    Network("snapchat", "snapchat.com", handle="add/{}", shapes=((r"(?:add/|@)([a-z0-9._-]+)", r"add/\1"),)),
    Network(
        "pinterest",
        "pinterest.com",
        ("pinterest.co.uk", "pinterest.de", "pinterest.fr"),
        shapes=((r"([a-z0-9_]+)" + _TABS, r"\1"),),
    ),
    Network("reddit", "reddit.com", handle="user/{}", shapes=((r"(?:u|user)/([a-z0-9_-]+)" + _TABS, r"user/\1"),)),
    Network(
        "xiaohongshu",
        "xiaohongshu.com",
        handle="user/profile/{}",
        shapes=((r"user/profile/([^/]+)", r"user/profile/\1"),),
    ),
    Network("bilibili", "space.bilibili.com", number="{}"),
    Network("zhihu", "zhihu.com", handle="people/{}", shapes=((r"people/([^/]+)(?:/.*)?", r"people/\1"),)),
    Network(
        "kuaishou",
        "kuaishou.com",
        handle="profile/{}",
        shapes=((r"profile/([^/]+)", r"profile/\1"),),
        exact=("profile/",),
    ),
    Network("tinder", "tinder.com", handle="@{}", shapes=((r"@([^/]+)", r"@\1"),)),
    Network("bluesky", "bsky.app", handle="profile/{}", shapes=((r"profile/([^/]+)(?:/.*)?", r"profile/\1"),)),
    Network("twitch", "twitch.tv", shapes=((r"([a-z0-9_]+)" + _TABS, r"\1"),)),
)
BY_SLUG = {network.slug: network for network in NETWORKS}
_BY_HOST = {host: network for network in NETWORKS for host in (network.host, *network.other_hosts)}
# Hosts whose short links hold a code instead of a name: they stay as they are.
SHORTENERS = {
    "vm.tiktok.com": "tiktok",
    "vt.tiktok.com": "tiktok",
    "v.douyin.com": "douyin",
    "xhslink.com": "xiaohongshu",
    "youtu.be": "youtube",
    "lnkd.in": "linkedin",
    "t.co": "x",
    "pin.it": "pinterest",
    "v.kuaishou.com": "kuaishou",
    "b23.tv": "bilibili",
}
# Words that stand where a name would, but lead elsewhere.
RESERVED = frozenset(
    "about accounts c channel company discover events explore feed group groups hashtag help home i in "
    "intent jobs legal login marketplace messages notifications p pages people permalink.php photo "
    "photo.php policies privacy profile.php pub public reel reels search settings share sharer signup "
    "stories story.php tag terms tv user video videos wall watch".split()
)


def network_of_host(host: str) -> Network | None:
    """The network that a host belongs to: m.facebook.com, de.linkedin.com and x.com alike."""
    while host.count(".") >= 1:
        if network := _BY_HOST.get(host):
            return network
        host = host.partition(".")[2]
    return None
