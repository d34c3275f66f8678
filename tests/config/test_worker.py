"""The worker is a process of its own, and a task works inside its organization or not at all."""

import subprocess
import time
from typing import Any
from uuid import uuid4

import pytest

from accounts.tenancy import current_organization_id
from accounts.tenant_task import TenantTask
from config import celery_app

WAIT = 60  # seconds, for a machine that is busy with something else


def test_a_worker_answers_over_the_default_broker_and_leaves_when_told(worker: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + WAIT
    answers: Any = []
    while not answers and time.monotonic() < deadline:
        answers = celery_app.control.ping(timeout=0.5)
    assert [list(answer.values()) for answer in answers] == [[{"ok": "pong"}]]
    worker.terminate()
    assert worker.wait(timeout=WAIT) == 0


@pytest.mark.django_db
def test_a_task_runs_inside_its_organization() -> None:
    @celery_app.task(base=TenantTask, name="tests.config.where", shared=False)
    def where(organization_id: str) -> str:
        return str(current_organization_id())

    organization = str(uuid4())
    assert where(organization) == organization


def test_a_task_that_forgets_its_organization_is_refused_where_it_is_defined() -> None:
    celery_app.finalize()  # until then Celery puts the making of tasks off

    with pytest.raises(TypeError, match="organization_id"):

        @celery_app.task(base=TenantTask, name="tests.config.forgetful", shared=False)
        def forgetful(case_id: str) -> None: ...

    with pytest.raises(TypeError, match="organization_id"):

        @celery_app.task(base=TenantTask, name="tests.config.bound", bind=True, shared=False)
        def bound(self: TenantTask, case_id: str) -> None: ...
