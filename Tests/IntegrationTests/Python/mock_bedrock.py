"""Speaks to the mock provider through boto3. Usage: mock_bedrock.py BASE_URL KEY ACCESS_KEY_ID SECRET"""

import json
import sys

import boto3
import botocore.exceptions
from botocore.config import Config
from checks import check, raises, run

base_url, key, access_key, secret = sys.argv[1:5]
Failure = botocore.exceptions.ClientError
MODEL = "anthropic.claude-mock-v1:0"


def make(access_key=access_key, secret=secret, **more):
    made = boto3.client(
        "bedrock-runtime", region_name="eu-central-1", endpoint_url=base_url, aws_access_key_id=access_key,
        aws_secret_access_key=secret, config=Config(retries={"total_max_attempts": 1}), **more,
    )

    def add_knobs(params, **_):
        params["headers"].update({"x-mock-" + name: str(value) for name, value in knobs.items()})

    made.meta.events.register("before-call.bedrock-runtime", add_knobs)
    return made


knobs = {}
client = make()
WEATHER = {
    "toolSpec": {
        "name": "get_weather",
        "inputSchema": {"json": {
            "type": "object", "properties": {"city": {"type": "string"}, "days": {"type": "integer", "maximum": 3}},
        }},
    }
}
CLOCK = {"toolSpec": {"name": "get_time", "inputSchema": {"json": {"type": "object", "properties": {}}}}}
TOOLS = {"tools": [WEATHER, CLOCK]}


def user(*content):
    return {"role": "user", "content": [{"text": part} if isinstance(part, str) else part for part in content]}


def converse(question="How are you?", knob=None, client=client, messages=None, **more):
    knobs.clear()
    knobs.update(knob or {})
    return client.converse(modelId=MODEL, messages=messages or [user(question)], **more)


def stream(question="How are you?", knob=None, messages=None, **more):
    knobs.clear()
    knobs.update(knob or {})
    answer = client.converse_stream(modelId=MODEL, messages=messages or [user(question)], **more)
    return list(answer["stream"])


def joined(events):
    """The content blocks, stop reason and usage of a stream."""
    blocks, stop, usage = {}, None, None
    for event in events:
        (name, value), = event.items()
        if name == "contentBlockStart":
            blocks[value["contentBlockIndex"]] = {"toolUse": {**value["start"]["toolUse"], "input": ""}}
        elif name == "contentBlockDelta":
            index, delta = value["contentBlockIndex"], value["delta"]
            if "text" in delta:
                block = blocks.setdefault(index, {"text": ""})
                block["text"] += delta["text"]
            elif "toolUse" in delta:
                blocks[index]["toolUse"]["input"] += delta["toolUse"]["input"]
            else:
                block = blocks.setdefault(index, {"reasoningContent": {"reasoningText": {"text": ""}}})
                for field, text in delta["reasoningContent"].items():
                    inner = block["reasoningContent"]["reasoningText"]
                    inner[field] = inner.get(field, "") + text
        elif name == "messageStop":
            stop = value["stopReason"]
        elif name == "metadata":
            usage = value["usage"]
    for block in blocks.values():
        if "toolUse" in block:
            block["toolUse"]["input"] = json.loads(block["toolUse"]["input"])
    return [blocks[index] for index in sorted(blocks)], stop, usage


def same(whole, events):
    """Whole and streamed answer differ in the ids of calls alone."""
    blocks, stop, usage = joined(events)
    content = whole["output"]["message"]["content"]
    for block in [*blocks, *content]:
        block.get("toolUse", {}).pop("toolUseId", None)
    assert (content, whole["stopReason"], whole["usage"]) == (blocks, stop, usage), (content, blocks)


@check
def plain():
    answer = converse(system=[{"text": "Be brief."}])
    assert answer["output"]["message"]["content"][0]["text"].startswith("You asked: How are you? (")
    assert answer["stopReason"] == "end_turn" and answer["output"]["message"]["role"] == "assistant"
    usage = answer["usage"]
    assert (usage["inputTokens"], usage["outputTokens"], usage["totalTokens"]) == (6, 32, 38)
    assert answer["ResponseMetadata"]["RequestId"] and answer["metrics"]["latencyMs"] >= 0


@check
def streamed():
    events = stream()
    same(converse(), events)
    names = [name for event in events for name in event]
    assert names[0] == "messageStart" and names[-3:] == ["contentBlockStop", "messageStop", "metadata"]
    assert names.count("contentBlockDelta") == 32 and "contentBlockStart" not in names


@check
def calls():
    asking = "Use get_weather, get_weather again and get_time"
    whole = converse(asking, toolConfig=TOOLS)
    uses = [block["toolUse"] for block in whole["output"]["message"]["content"]]
    assert [use["name"] for use in uses] == ["get_weather", "get_weather", "get_time"]
    assert uses[0]["input"]["days"] <= 3 and uses[2]["input"] == {} and whole["stopReason"] == "tool_use"
    results = user(*(
        {"toolResult": {"toolUseId": use["toolUseId"], "content": [{"json": {"ok": True}}]}} for use in uses
    ))
    history = [user(asking), whole["output"]["message"], results]
    assert converse(messages=history, toolConfig=TOOLS)["stopReason"] == "end_turn"
    error = raises(client.exceptions.ValidationException, lambda: converse(messages=history))
    assert "toolConfig field must be defined" in str(error)
    history[2] = user("else")
    error = raises(client.exceptions.ValidationException, lambda: converse(messages=history, toolConfig=TOOLS))
    assert "Expected toolResult blocks" in str(error)
    same(whole, stream(asking, toolConfig=TOOLS))
    forced = converse("x", toolConfig={**TOOLS, "toolChoice": {"tool": {"name": "get_time"}}})
    assert forced["output"]["message"]["content"][0]["toolUse"]["name"] == "get_time"


@check
def thinking():
    wish = {"additionalModelRequestFields": {"thinking": {"type": "enabled", "budget_tokens": 1024}}}
    whole = converse(**wish)
    same(whole, stream(**wish))
    thought = whole["output"]["message"]["content"][0]["reasoningContent"]["reasoningText"]
    assert thought["text"] and thought["signature"] and whole["usage"]["outputTokens"] == 48
    history = [user("a"), whole["output"]["message"], user("b")]
    assert converse(messages=history)["stopReason"] == "end_turn"
    thought["signature"] = "AAAA"
    raises(client.exceptions.ValidationException, lambda: converse(messages=history))


@check
def images_and_cache():
    image = {"image": {"format": "png", "source": {"bytes": b"\x89PNG"}}}
    assert converse(messages=[user("What?", image)])["usage"]["inputTokens"] == 2 + 256
    system = [{"text": "x" * 4000}, {"cachePoint": {"type": "default"}}]
    usage = converse(system=system)["usage"]
    assert (usage["inputTokens"], usage["cacheWriteInputTokens"], usage["totalTokens"]) == (3, 1000, 1035)
    usage = converse(system=system, knob={"cached-tokens": 1000})["usage"]
    assert (usage["inputTokens"], usage["cacheReadInputTokens"]) == (3, 1000)


@check
def json_schema():
    schema = {"type": "object", "properties": {"n": {"type": "integer", "minimum": 7, "maximum": 7}}}
    answer = converse(outputConfig={
        "textFormat": {"type": "json_schema", "structure": {"jsonSchema": {"schema": json.dumps(schema)}}}
    })
    assert json.loads(answer["output"]["message"]["content"][0]["text"]) == {"n": 7}


@check
def stops():
    settings = {"inferenceConfig": {"maxTokens": 5}}
    assert converse(**settings)["stopReason"] == "max_tokens" and converse(**settings)["usage"]["outputTokens"] == 5
    answer = converse(knob={"answer": "one two"}, inferenceConfig={"stopSequences": ["two"]})
    assert answer["stopReason"] == "stop_sequence"
    assert converse(knob={"refusal": "No."})["stopReason"] == "content_filtered"
    blocked = converse(knob={"failure": "content-policy"})
    assert blocked["stopReason"] == "guardrail_intervened"
    same(blocked, stream(knob={"failure": "content-policy"}))


@check
def failures():
    kinds = {
        "rate-limited": ("ThrottlingException", 429), "quota-gone": ("ServiceQuotaExceededException", 400),
        "overloaded": ("ServiceUnavailableException", 503), "context-too-long": ("ValidationException", 400),
        "invalid-key": ("UnrecognizedClientException", 403), "forbidden": ("AccessDeniedException", 403),
        "model-not-found": ("ValidationException", 400), "server-error": ("InternalServerException", 500),
        "timeout": ("ModelTimeoutException", 408),
    }
    for name, (code, status) in kinds.items():
        for work in (converse, stream):
            response = raises(Failure, lambda: work(knob={"failure": name})).response
            found = (response["Error"]["Code"], response["ResponseMetadata"]["HTTPStatusCode"])
            assert found == (code, status) and response["Error"]["Message"], found
    response = raises(Failure, lambda: converse(messages=[{"role": "assistant", "content": [{"text": "x"}]}])).response
    assert "must start with a user message" in response["Error"]["Message"]


@check
def signatures():
    wrong = raises(Failure, lambda: converse(client=make(secret="else"))).response["Error"]
    assert wrong["Code"] == "InvalidSignatureException" and "does not match" in wrong["Message"]
    stranger = raises(Failure, lambda: converse(client=make(access_key="AKIDELSE"))).response["Error"]
    assert stranger["Code"] == "UnrecognizedClientException"
    # A session's token is one more signed header.
    assert converse(client=make(aws_session_token="token/=="))["stopReason"] == "end_turn"
    # So is a name that must be escaped, and escaped again to be signed.
    knobs.clear()
    arn = "arn:aws:bedrock:eu-central-1:123456789012:inference-profile/eu.mock model+1"
    assert client.converse(modelId=arn, messages=[user("q")])["stopReason"] == "end_turn"


@check
def broken_streams():
    error = raises(botocore.exceptions.EventStreamError, lambda: stream(knob={"error-after-lifecycle": "1"}))
    assert error.response["Error"]["Code"] == "internalServerException"
    raises(botocore.exceptions.EventStreamError, lambda: stream(knob={"error-frame": 5}))
    raises(Exception, lambda: stream(knob={"cut-after-frames": 4}))
    raises(botocore.eventstream.ChecksumMismatch, lambda: stream(knob={"malformed-frame": 4}))
    names = [name for event in stream(knob={"missing-terminal": "1"}) for name in event]
    assert names[-1] == "contentBlockStop"


run()
