"""Reads answers of the gateway's Responses dialect with the OpenAI SDK and writes what it saw.

Usage: responses_sdk.py FOLDER

The folder holds NAME.json and NAME.sse for each case, and embeddings.float.json and embeddings.base64.json. Every
object and event is checked against the SDK's own types, strictly; then the SDK's client reads it from a server. The
input of a next turn, as a client sends it, goes to next.json, and the report to report.json.
"""

import json
import pathlib
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import openai
import pydantic
from openai.types import CreateEmbeddingResponse
from openai.types.responses import Response, ResponseStreamEvent

folder = pathlib.Path(sys.argv[1])


class Server(BaseHTTPRequestHandler):
    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        name, kind = body["model"], "application/json"
        if self.path.endswith("/embeddings"):
            name += "." + body["encoding_format"] + ".json"
        elif body.get("stream"):
            name, kind = name + ".sse", "text/event-stream"
        else:
            name += ".json"
        answer = (folder / name).read_bytes()
        self.send_response(200)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *arguments):
        pass


class Weather(pydantic.BaseModel):
    city: str
    degrees: int


def check(path):
    """Validates what the SDK itself takes on trust."""
    text = path.read_text()
    if path.suffix == ".json":
        kind = CreateEmbeddingResponse if "float" in path.name else Response
        if "base64" not in path.name:
            pydantic.TypeAdapter(kind).validate_json(text)
        return
    events = pydantic.TypeAdapter(ResponseStreamEvent)
    for frame in text.split("\n\n")[:-1]:
        events.validate_json(frame.split("data: ", 1)[1])


def describe(response):
    return {
        "status": response.status,
        "text": response.output_text,
        "kinds": [item.type for item in response.output],
        "calls": [[i.call_id, i.name, i.arguments] for i in response.output if i.type == "function_call"],
        "tokens": response.usage.total_tokens if response.usage else None,
    }


def streamed(client, name, **more):
    """Runs the SDK's accumulator; the events it made and the response it put together."""
    kinds, deltas = [], ""
    with client.responses.stream(model=name, input="x", **more) as stream:
        for event in stream:
            kinds.append(event.type)
            if event.type == "response.output_text.delta":
                deltas += event.delta
                assert event.snapshot == deltas or not deltas.startswith(event.snapshot), event
            last = event
    response = last.response if hasattr(last, "response") else None
    return kinds, deltas, response


server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
threading.Thread(target=server.serve_forever, daemon=True).start()
client = openai.OpenAI(base_url=f"http://127.0.0.1:{server.server_port}/v1", api_key="k", max_retries=0, timeout=30)

report = {}
for path in sorted(folder.iterdir()):
    check(path)
for path in sorted(folder.glob("*.sse")):
    name = path.stem
    kinds, deltas, response = streamed(client, name)
    entry = {"last": kinds[-1], "deltas": deltas}
    if response is not None:
        entry["streamed"] = describe(response)
    whole = folder / (name + ".json")
    if whole.exists():
        entry["whole"] = describe(client.responses.create(model=name, input="x"))
    report[name] = entry

parsed = client.responses.parse(model="schema", input="x", text_format=Weather)
report["schema"]["parsed"] = parsed.output_parsed.model_dump()
with client.responses.stream(model="schema", input="x", text_format=Weather) as stream:
    report["schema"]["streamParsed"] = stream.get_final_response().output_parsed.model_dump()

answer = client.responses.create(model="tools", input="x")
items = [item.model_dump(exclude_none=True) for item in answer.output]
(folder / "next.json").write_text(json.dumps({"model": "tools", "input": items}))

floats = client.embeddings.create(model="embeddings", input="x", encoding_format="float")
packed = client.embeddings.create(model="embeddings", input="x")
assert floats.data[0].embedding == packed.data[0].embedding, (floats, packed)
report["embedding"] = {"last": json.dumps(packed.data[0].embedding), "deltas": ""}

(folder / "report.json").write_text(json.dumps(report))
