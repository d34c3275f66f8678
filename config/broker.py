"""The embedded broker: kombu's folder of messages, in which a message is whole from the moment it has its name.

kombu creates the file and writes it afterwards; a worker that looks in between reads nothing and ends for good.
"""

from __future__ import annotations

from pathlib import Path
from time import monotonic_ns
from typing import Any
from uuid import uuid4

from kombu.exceptions import ChannelError
from kombu.transport import TRANSPORT_ALIASES, filesystem
from kombu.utils.json import dumps
from typing_extensions import override


class Channel(filesystem.Channel):
    """Takes and gives messages as kombu does; only how one is written differs."""

    @override
    def _put(self, queue: str, payload: dict[str, Any], **_kwargs: Any) -> None:  # type: ignore[override]  # so does kombu
        file = Path(self.data_folder_out) / f"{monotonic_ns() // 10**6}_{uuid4()}.{queue}.msg"
        draft = file.with_name(f"{file.name}.new")  # a name that no worker looks for
        try:
            draft.write_text(dumps(payload))
            draft.replace(file)
        except OSError as error:
            raise ChannelError(f"cannot write {file}") from error


class Transport(filesystem.Transport):
    """What `filesystem://` stands for here."""

    Channel = Channel


def use() -> None:
    """Let `filesystem://` lead here; kombu knows transports by the scheme of their address alone."""
    TRANSPORT_ALIASES["filesystem"] = "config.broker:Transport"
