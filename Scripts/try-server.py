#!/usr/bin/env python3
"""Sends a running server what hostile and clumsy clients send, and checks that it refuses with a reason and goes on.

    Scripts/try-server.py PORT ROW

ROW is a row as JSON. The server must run with --timeout 2s and --max-body 10MB. Needs nothing but Python.
"""

import http.client
import json
import resource
import socket
import sys
import threading
import time

PORT, ROW = int(sys.argv[1]), json.loads(sys.argv[2])
GOOD = json.dumps(ROW).encode()
NUMBER = next(name for name, value in ROW.items() if not isinstance(value, str))


def ask(method, path, body=None, headers={}):
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=20)
    connection.request(method, path, body, headers)
    response = connection.getresponse()
    text = response.read()
    connection.close()
    return response.status, text


def check(condition, what):
    if not condition:
        raise SystemExit(f"the server: {what}")


def refused(name, status, answer):
    check(answer[0] == status, f"{name} is answered with {answer[0]}, not {status}: {answer[1][:200]}")
    reason = json.loads(answer[1])["error"]
    check(len(reason) > 10, f"{name} has no reason")


def raw(data, wait=20, pause=0.0):
    """What the server sends to a client that sends some bytes, each after a pause."""
    with socket.create_connection(("127.0.0.1", PORT), timeout=wait) as client:
        try:
            for part in data:
                client.sendall(part)
                time.sleep(pause)
        except OSError:
            pass
        received = b""
        try:
            while part := client.recv(65536):
                received += part
        except ConnectionResetError:
            pass
        return received


def changed(**values):
    return json.dumps({**ROW, **values}).encode()


def bodies():
    less = dict(ROW)
    less.pop(NUMBER)
    refused("an empty body", 400, ask("POST", "/predict", b""))
    for body in (b"{", b"[1,2", GOOD[:-1], GOOD + b"x", b"\xff\xfe", b"\0" * 100, b"[" * 1_000_000, b'{"a":' * 100_000, b"nul"):
        refused(f"malformed JSON, {body[:20]}", 400, ask("POST", "/predict", body))
    refused("a wrong type", 400, ask("POST", "/predict", changed(**{NUMBER: "many"})))
    refused("a list as a value", 400, ask("POST", "/predict", changed(**{NUMBER: [1]})))
    refused("NaN", 400, ask("POST", "/predict", changed(**{NUMBER: float("nan")})))
    refused("Infinity", 400, ask("POST", "/predict", changed(**{NUMBER: float("inf")})))
    refused("a number that is too large", 400, ask("POST", "/predict", GOOD.replace(b": ", b":", 1).replace(b"{", b'{"z":1e999,')))
    refused("an unknown column", 400, ask("POST", "/predict", changed(nobody=1)))
    refused("a missing column", 400, ask("POST", "/predict", json.dumps(less).encode()))
    refused("CSV that is none", 400, ask("POST", "/predict", b'a,b\n"1,2\n', {"Content-Type": "text/csv"}))
    wide = b",".join(b"c%d" % number for number in range(1_000_000))
    refused("a million columns", 400, ask("POST", "/predict", wide, {"Content-Type": "text/csv"}))
    refused("a compressed body", 415, ask("POST", "/predict", GOOD, {"Content-Encoding": "gzip"}))
    for value in (1e308, -1e308):
        status, text = ask("POST", "/predict", changed(**{NUMBER: value}))
        check(status in (200, 400) and b"null" not in text, f"{value} is answered with {status}: {text[:100]}")
    refused("a million names", 400, ask("POST", "/predict", b"{" + b",".join(b'"k%d":1' % number for number in range(300_000)) + b"}"))
    refused("another type", 415, ask("POST", "/predict", GOOD, {"Content-Type": "image/png"}))
    refused("too many rows", 413, ask("POST", "/predict", b"[" + b",".join([b"{}"] * 3).replace(b"{}", GOOD) + b"," + b",".join([GOOD] * 100_000) + b"]"))
    check(ask("POST", "/predict?ignore-unknown=true", changed(nobody=1))[0] == 200, "an ignored column is refused")


def paths():
    for path in ("/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "//etc/passwd", "/page.js/../index.html", "/v2/models/%00", "/nothing"):
        for method in ("GET", "POST"):
            refused(path, 404, ask(method, path))
    refused("GET /predict", 405, ask("GET", "/predict"))
    refused("DELETE /health", 405, ask("DELETE", "/health"))


def large():
    head = b"POST /predict HTTP/1.1\r\nHost: x\r\nContent-Length: 1073741824\r\n\r\n"
    start = time.time()
    answer = raw([head])
    check(b" 413 " in answer and time.time() - start < 5, f"1 GB is not refused by its length: {answer[:100]}")
    head = b"POST /predict HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
    chunk = b"100000\r\n" + b" " * 0x100000 + b"\r\n"
    check(b" 413 " in raw([head] + [chunk] * 12), "1 GB in chunks is not refused")
    # Who goes on sending all the same is cut off.
    raw([head] + [chunk] * 1024)


def slow():
    results = {}

    def client(name, parts, pause):
        start = time.time()
        results[name] = (raw(parts, pause=pause), time.time() - start)

    clients = [
        ("head", [bytes([byte]) for byte in b"POST /predict HTTP/1.1\r\nHost: xxxxxxxxxx"], 0.2),
        ("body", [b"POST /predict HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n"] + [b" "] * 20, 0.2),
        ("silence", [], 0),
    ] + [(f"half {i}", [b"POST /predict HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{"], 0) for i in range(200)]
    threads = [threading.Thread(target=client, args=arguments) for arguments in clients]
    for thread in threads:
        thread.start()
    time.sleep(0.3)
    start = time.time()
    check(ask("POST", "/predict", GOOD)[0] == 200 and time.time() - start < 1, "slow clients hold up others")
    for thread in threads:
        thread.join()
    check(results["body"][0].startswith(b"HTTP/1.1 408"), f"a slow body is answered with {results['body'][0][:40]}")
    check(all(seconds < 12 for _, seconds in results.values()), "a slow client is not cut off")


def garbage():
    for data in (b"\0" * 1000, b"GET\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"X" * 200_000,
                 b"POST /predict HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
                 b"POST /predict HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                 b"POST /predict HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
                 b"POST /predict HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n",
                 b"POST /predict HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n",
                 b"GET /" + b"a" * 1_000_000 + b" HTTP/1.1\r\n\r\n", b"OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                 b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 100_000 + b"\r\n"):
        answer = raw([data])
        check(answer == b"" or answer[9:10] == b"4", f"{data[:20]} is answered with {answer[:60]}")


def pipelines():
    request = b"POST /predict HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % len(GOOD) + GOOD
    # Half closed behind each byte of a request, and behind 1,000 of them.
    for end in range(0, len(request), 23):
        with socket.create_connection(("127.0.0.1", PORT), timeout=20) as client:
            client.sendall(request[:end])
            client.shutdown(socket.SHUT_WR)
            check(b" 200 " not in client.recv(65536), "half a request is answered")
    with socket.create_connection(("127.0.0.1", PORT), timeout=60) as client:
        sender = threading.Thread(target=client.sendall, args=(request * 1000,))
        sender.start()
        received = b""
        while received.count(b"HTTP/1.1 200 OK") < 1000:
            part = client.recv(65536)
            check(part, "requests that are sent ahead are not all answered")
            received += part
        sender.join()
    # Reset in the middle.
    for number in range(200):
        with socket.create_connection(("127.0.0.1", PORT), timeout=20) as client:
            client.sendall(request[: number % len(request)] if number % 2 else request * 20)
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")


def crowd():
    """As many connections as this process may have, up to 10,000."""
    clients = []
    try:
        for number in range(min(10_000, resource.getrlimit(resource.RLIMIT_NOFILE)[0] - 100)):
            clients.append(socket.create_connection(("127.0.0.1", PORT), timeout=20))
            if number % 5 == 0:
                clients[-1].sendall(b"GET /health HT")
        for client in clients[:50]:
            client.close()
        time.sleep(0.5)
        check(ask("POST", "/predict", GOOD)[0] == 200, f"no answer beside {len(clients)} connections")
    finally:
        for client in clients:
            client.close()
    time.sleep(1)


for part in (bodies, paths, large, slow, garbage, pipelines, crowd):
    part()
    check(ask("POST", "/predict", GOOD)[0] == 200, f"no answer after {part.__name__}")
print("the server refuses malformed bodies, wrong paths, 1 GB, slow clients, garbage and crowds with a reason, and goes on")
