"""Processes as those may be that answer questions."""

from __future__ import annotations

import os
import time

from geomap.system.serving import bound_memory, deadline, open_channel


def echo() -> None:
    with open_channel() as channel:
        while True:
            first, second = channel.receive(), channel.receive()
            print("noise")  # noqa: T201 - as libraries may
            os.write(1, b"noise of a library in C\n")
            channel.send(first + second)


def tell_group_and_variable() -> None:
    with open_channel() as channel:
        channel.receive()
        channel.send(f"{os.getpgid(0)} {os.environ.get('GIVEN')}".encode())


def exit_with(status: int) -> None:
    with open_channel() as channel:
        channel.receive()
        os._exit(status)


def loiter(seconds: int) -> None:
    with open_channel() as channel:
        channel.receive()
        with deadline(0):
            pass
        with deadline(seconds):
            time.sleep(600)


def take_all(memory: int) -> None:
    bound_memory(memory)
    with open_channel() as channel:
        channel.receive()
        channel.send(bytes(memory * 3))
