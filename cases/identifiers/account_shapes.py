"""What is known of messengers' links: each shape, and what it says about the account behind it.

Written from the services' own documentation of their links, as of 2025.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shape:
    """One shape of link.

    pattern is matched against "host/path?query#fragment", or "scheme:rest" for an app's own links; its group is the
    account. form says what that is: phone, name, code or invite.
    """

    service: str
    pattern: re.Pattern[str]
    form: str


def _shapes(service: str, *pairs: tuple[str, str]) -> tuple[Shape, ...]:
    return tuple(Shape(service, re.compile(pattern, re.IGNORECASE), form) for pattern, form in pairs)


_END = r"(?:[/?#&].*)?"
_ARG = r"(?:\?|.*[?&])"

SHAPES = (
    *_shapes(
        "whatsapp",
        (rf"wa\.me/(?:message|qr)/([A-Z0-9]+){_END}", "code"),
        (rf"wa\.me/(?:c/|p/[0-9]+/)?([+0-9]{{5,}}){_END}", "phone"),
        (rf"(?:(?:api|web|www|chat)\.)?whatsapp\.com/(?:send|message|catalog)?/?{_ARG}phone=([^&#]+).*", "phone"),
        (rf"whatsapp:(?:send|chat)/?{_ARG}(?:phone|abid)=([^&#]+).*", "phone"),
        (rf"chat\.whatsapp\.com/(?:invite/)?([A-Z0-9_-]{{10,}}){_END}", "invite"),
        (rf"whatsapp:chat/?{_ARG}code=([^&#]+).*", "invite"),
        (rf"(?:www\.)?whatsapp\.com/channel/([A-Z0-9]+){_END}", "invite"),
    ),
    *_shapes(
        "telegram",
        (rf"(?:t|telegram)\.(?:me|dog)/(?:s/)?\+([0-9]{{7,15}}){_END}", "phone"),
        (rf"(?:t|telegram)\.(?:me|dog)/(?:joinchat/|\+)([A-Z0-9_-]+){_END}", "invite"),
        (rf"(?:t|telegram)\.(?:me|dog)/(?:addlist|c)/([A-Z0-9_-]+){_END}", "invite"),
        (rf"(?:t|telegram)\.(?:me|dog)/(?:s/|@)?([A-Z0-9_]+){_END}", "name"),
        (rf"([A-Z0-9_]+)\.t\.me{_END}", "name"),
        (r"web\.telegram\.org/.*#@?([A-Z0-9_-]+)", "name"),
        (rf"tg:resolve{_ARG}phone=([^&#]+).*", "phone"),
        (rf"tg:resolve{_ARG}domain=([^&#]+).*", "name"),
        (rf"tg:join{_ARG}invite=([^&#]+).*", "invite"),
        (rf"tg:user{_ARG}id=([^&#]+).*", "name"),
    ),
    *_shapes(
        "line",
        (rf"line\.me/(?:R/)?ti/p/(?:~|%7E)([^/?#]+){_END}", "name"),
        (rf"line\.me/(?:R/)?ti/p/((?:@|%40)[^/?#]+){_END}", "name"),
        (rf"line\.me/(?:R/)?ti/p/([^/?#]+){_END}", "code"),
        (rf"line\.me/(?:R/)?ti/g2?/([^/?#]+){_END}", "invite"),
        (rf"page\.line\.me/([^/?#]+){_END}", "name"),
        (rf"lin\.ee/([^/?#]+){_END}", "code"),
        (rf"line:(?:R/)?ti/p/~?([^/?#]+){_END}", "name"),
    ),
    *_shapes(
        "wechat",
        (rf"u\.wechat\.com/([^/?#]+){_END}", "code"),
        (rf"weixin:dl/(?:chat|profile){_ARG}?(?:username=)?([A-Z0-9_@-]{{3,}}).*", "name"),
        (rf"(?:weixin|wechat):(?:contacts/profile|dl/add|user|add)/?([A-Z0-9_@-]{{3,}}){_END}", "name"),
        (r"(?:weixin|wechat):([A-Z0-9_-]{3,})", "name"),
    ),
    *_shapes(
        "qq",
        (rf"wpa\.(?:b\.)?qq\.com/[^?]*{_ARG}(?:uin|u)=([0-9]+).*", "name"),
        (rf"(?:tencent:message/?|mqq(?:wpa)?:im/chat){_ARG}(?:uin|u)=([0-9]+).*", "name"),
        (rf"(?:user\.qzone\.qq\.com|qzone\.qq\.com)/([0-9]{{5,12}}){_END}", "name"),
        (rf"qm\.qq\.com/(?:cgi-bin/qm/qr{_ARG}k=|q/)([^/?#&]+).*", "invite"),
    ),
    *_shapes(
        "viber",
        (rf"viber:(?:chat|add|contact|call)/?{_ARG}number=([^&#]+).*", "phone"),
        (rf"chats\.viber\.com/([^/?#]+){_END}", "name"),
        (rf"invite\.viber\.com/{_ARG}g2?=([^&#]+).*", "invite"),
    ),
    *_shapes(
        "signal",
        (r"(?:signal\.me/|sgnl:signal\.me/)#p/([+%0-9B]+)", "phone"),
        (r"(?:signal\.me/|sgnl:signal\.me/)#eu/(.+)", "code"),
        (r"(?:signal\.group/|sgnl:signal\.group/)#(.+)", "invite"),
    ),
    *_shapes(
        "skype",
        (rf"join\.skype\.com/(?:invite/)?([^/?#]+){_END}", "invite"),
        (r"skype:([^?]+).*", "name"),
    ),
    *_shapes(
        "discord",
        (rf"(?:discord\.gg|(?:ptb\.|canary\.)?discord(?:app)?\.com/invite|discord\.me)/([^/?#]+){_END}", "invite"),
        (rf"(?:www\.|ptb\.|canary\.)?discord(?:app)?\.com/users/([0-9]+){_END}", "name"),
    ),
    *_shapes("zalo", (rf"zalo\.me/g/([^/?#]+){_END}", "invite"), (rf"(?:chat\.)?zalo\.me/([^/?#]+){_END}", "phone")),
    *_shapes(
        "kakaotalk",
        (rf"open\.kakao\.com/o/([^/?#]+){_END}", "invite"),
        (rf"(?:open\.kakao\.com/me|pf\.kakao\.com|qr\.kakao\.com/talk)/([^/?#]+){_END}", "name"),
        (r"kakaotalk:.*[?&](?:id|url)=([^&#]+).*", "name"),
    ),
    *_shapes(
        "google-meet",
        (rf"meet\.google\.com/(?:lookup/)?([a-z0-9-]+){_END}", "name"),
        (rf"(?:tel\.meet|g\.co/meet)/([a-z0-9-]+){_END}", "name"),
    ),
    *_shapes(
        "zoom",
        (rf"(?:[a-z0-9-]+\.)?zoom(?:gov)?\.(?:us|com|com\.cn)/(?:j|w|s|wc|wc/join)/([0-9]+){_END}", "name"),
        (rf"(?:[a-z0-9-]+\.)?zoom\.us/my/([^/?#]+){_END}", "name"),
        (rf"zoom(?:mtg|us):[^?]*{_ARG}confno=([0-9]+).*", "name"),
    ),
    *_shapes("messenger", (rf"(?:m\.me|messenger\.com/t|(?:m\.)?facebook\.com/messages/t)/([^/?#]+){_END}", "name")),
    *_shapes("instagram", (rf"ig\.me/m/([^/?#]+){_END}", "name")),
    *_shapes("microsoft-teams", (r"teams\.(?:live|microsoft)\.com/(?:meet|l)/([^?#]+).*", "code")),
    *_shapes("tencent-meeting", (rf"(?:meeting\.tencent|voovmeeting)\.com/(?:dm|p)/([^/?#]+){_END}", "code")),
    *_shapes("threema", (rf"threema\.id/([^/?#]+){_END}", "name")),
    *_shapes("imo", (rf"(?:call\.)?imo\.im/([^/?#]+){_END}", "code")),
    *_shapes("botim", (rf"botim\.me/(?:u/)?([^/?#]+){_END}", "name")),
    *_shapes("facetime", (r"facetime(?:-audio)?:/*(.+)", "phone")),
    *_shapes("imessage", (r"(?:imessage|messages?):/*(.+)", "phone")),
    *_shapes("sms", (r"(?:tel|sms|smsto):/*([^?]+).*", "phone")),
)
