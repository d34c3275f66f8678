"""One slug for every spelling of a service: "Whats App", "WHATSAPP" and "wa" are whatsapp."""

from __future__ import annotations

import re

from cases.identifiers.texts import fold

# slug: other spellings, letters and digits only, in lower case
_SPELLINGS = {
    "whatsapp": "wa whatsap watsapp whatsappbusiness вотсап ватсап واتساب واتسآپ ワッツアップ",
    "wechat": "weixin 微信 微信号 wx wechatid weixinid วีแชท 위챗",
    "telegram": "tg telegramm 电报 電報 телеграм телеграмм تلگرام تيليجرام تلغرام テレグラム 텔레그램",
    "line": "lineapp lineid linemessenger ไลน์ ライン 라인",
    "viber": "rakutenviber вайбер",
    "signal": "signalapp signalmessenger",
    "skype": "skypeid скайп",
    "discord": "discordapp",
    "zalo": "zaloapp",
    "kakaotalk": "kakao 카카오톡 카톡 katalk",
    "google-meet": "googlemeet gmeet meet googlemeets",
    "google-chat": "googlechat hangouts googlehangouts",
    "google-voice": "googlevoice gvoice",
    "zoom": "zoomus zoommeeting zoommeetings",
    "microsoft-teams": "teams msteams microsoftteams",
    "tencent-meeting": "tencentmeeting voov voovmeeting 腾讯会议 騰訊會議",
    "qq": "tencentqq 腾讯qq qqnumber qq号",
    "imessage": "applemessages",
    "facetime": "",
    "sms": "textmessage textmessages text mms",
    "messenger": "facebookmessenger fbmessenger metamessenger",
    "facebook": "fb facebookcom 脸书 臉書 фейсбук فيسبوك فیسبوک フェイスブック 페이스북 facebookdating",
    "instagram": "ig insta instagramdm инстаграм انستغرام إنستغرام インスタグラム 인스타그램",
    "x": "twitter xtwitter twitterx xcom xformerlytwitter 推特 твиттер تويتر ツイッター 트위터",
    "tiktok": "tiktokapp ティックトック 틱톡",
    "douyin": "抖音",
    "kuaishou": "快手 kwai",
    "xiaohongshu": "rednote littleredbook 小红书 小紅書",
    "linkedin": "领英 領英 линкедин",
    "vk": "vkontakte вконтакте вк",
    "odnoklassniki": "ok okru одноклассники",
    "weibo": "sinaweibo 微博 新浪微博",
    "youtube": "yt ютуб ユーチューブ 유튜브",
    "threads": "",
    "snapchat": "snap",
    "pinterest": "",
    "reddit": "",
    "tumblr": "",
    "bilibili": "哔哩哔哩 b站",
    "zhihu": "知乎",
    "tinder": "",
    "bluesky": "bsky",
    "twitch": "",
    "line-works": "lineworks",
    "threema": "",
    "botim": "",
    "imo": "imomessenger",
    "kik": "kikmessenger",
    "dingtalk": "钉钉 釘釘",
    "lark": "feishu 飞书",
    "app-store": "appstore apple ios itunes appleappstore testflight",
    "google-play": "googleplay playstore googleplaystore android",
}


def _words(text: str) -> list[str]:
    return [word for word in re.split(r"[\W_]+", fold(text)) if word]


_SLUGS = {re.sub(r"\W|_", "", slug): slug for slug in _SPELLINGS} | {
    "".join(_words(word)): slug for slug, words in _SPELLINGS.items() for word in words.split()
}


def service_slug(text: str) -> str:
    """Canonical lower-case slug of a service; an unknown one is its own text with hyphens."""
    words = _words(text)
    known = _SLUGS.get("".join(words))
    return known or next((_SLUGS[word] for word in words if word in _SLUGS and len(words) <= 3), "-".join(words))


def is_known(slug: str) -> bool:
    """Whether a slug is one of the services that this module knows."""
    return slug in _SPELLINGS
