"""A real S3 server on the loopback, with a bucket for the vault."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import boto3
from moto.server import ThreadedMotoServer

#: What an operator writes into the environment, but for the endpoint.
CREDENTIALS = {
    "REDRESS_S3_BUCKET": "vault",
    "REDRESS_S3_REGION": "us-east-1",
    "REDRESS_S3_KEY_ID": "key",
    "REDRESS_S3_SECRET": "secret",
}


@contextmanager
def s3_server() -> Iterator[dict[str, str]]:
    """Start a server with an empty bucket; gives the environment that leads to it."""
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    environment = CREDENTIALS | {"REDRESS_S3_ENDPOINT": f"http://{host}:{port}"}
    try:
        client(environment).create_bucket(Bucket=CREDENTIALS["REDRESS_S3_BUCKET"])
        yield environment
    finally:
        server.stop()


def client(environment: dict[str, str]) -> boto3.client:
    """A client beside the application's, to look behind it."""
    return boto3.client(
        "s3",
        endpoint_url=environment["REDRESS_S3_ENDPOINT"],
        region_name=environment["REDRESS_S3_REGION"],
        aws_access_key_id=environment["REDRESS_S3_KEY_ID"],
        aws_secret_access_key=environment["REDRESS_S3_SECRET"],
    )
