"""Speaks to the mock provider through the Anthropic SDK. Usage: mock_anthropic.py BASE_URL KEY"""

import base64
import json
import sys

import anthropic
from checks import check, raises, run

base_url, key = sys.argv[1:3]
client = anthropic.Anthropic(base_url=base_url, api_key=key, max_retries=0, timeout=30)

WEATHER = {
    "name": "get_weather",
    "description": "The weather of a place.",
    "input_schema": {
        "type": "object",
        "properties": {
            "city": {"type": "string"},
            "days": {"type": "integer", "minimum": 1, "maximum": 7},
            "unit": {"type": "string", "enum": ["c", "f"]},
        },
        "required": ["city", "days", "unit"],
    },
}
CLOCK = {"name": "get_time", "input_schema": {"type": "object", "properties": {}}}


def create(question="How are you?", knobs=None, **more):
    headers = {"x-mock-" + name: str(value) for name, value in (knobs or {}).items()}
    arguments = {"model": "mock-large", "max_tokens": 4096, "messages": [{"role": "user", "content": question}]}
    return client.messages.create(**{**arguments, **more}, extra_headers=headers)


def stream(question="How are you?", knobs=None, **more):
    """All events, and the message the SDK put together from them."""
    headers = {"x-mock-" + name: str(value) for name, value in (knobs or {}).items()}
    arguments = {"model": "mock-large", "max_tokens": 4096, "messages": [{"role": "user", "content": question}]}
    with client.messages.stream(**{**arguments, **more}, extra_headers=headers) as events:
        return list(events), events.get_final_message()


def same(whole, streamed):
    """Whole and streamed answer differ in their ids alone."""
    left, right = whole.to_dict(), streamed.to_dict()
    for message in (left, right):
        message.pop("id")
        for block in message["content"]:
            block.pop("id", None)
            block.pop("parsed_output", None)
    assert left == right, (left, right)


@check
def plain():
    message = create()
    assert message.type == "message" and message.role == "assistant" and message.model == "mock-large"
    assert [block.type for block in message.content] == ["text"]
    assert message.content[0].text.startswith("You asked: How are you? (")
    assert message.stop_reason == "end_turn" and message.stop_sequence is None
    assert message.usage.input_tokens == 3 and message.usage.output_tokens == 32
    assert message.usage.cache_read_input_tokens == 0 and message.usage.cache_creation.ephemeral_5m_input_tokens == 0
    assert message._request_id.startswith("req_")


@check
def streamed():
    events, message = stream()
    same(create(), message)
    names = [event.type for event in events]
    assert names[:2] == ["message_start", "content_block_start"] and names[-1] == "message_stop"
    assert events[0].message.usage.output_tokens == 1
    assert "".join(event.text for event in events if event.type == "text") == message.content[0].text


@check
def one_call():
    message = create("Please use get_weather for Paris", tools=[WEATHER, CLOCK])
    (call,) = message.content
    assert message.stop_reason == "tool_use" and call.type == "tool_use" and call.name == "get_weather"
    assert set(call.input) == {"city", "days", "unit"} and 1 <= call.input["days"] <= 7
    assert call.input["unit"] in ("c", "f") and call.id.startswith("toolu_")
    answer = client.messages.create(
        model="mock-large", max_tokens=100, tools=[WEATHER],
        messages=[
            {"role": "user", "content": "Please use get_weather for Paris"},
            {"role": "assistant", "content": message.content},
            {"role": "user", "content": [{"type": "tool_result", "tool_use_id": call.id, "content": "sunny"}]},
        ],
    )
    assert answer.stop_reason == "end_turn" and answer.content[0].type == "text"


@check
def parallel_calls():
    question = "Use get_weather for Paris, get_weather for Rome and get_time"
    events, message = stream(question, tools=[WEATHER, CLOCK])
    assert [block.name for block in message.content] == ["get_weather", "get_weather", "get_time"]
    assert len({block.id for block in message.content}) == 3 and message.content[2].input == {}
    assert message.content[0].input != message.content[1].input
    whole = create(question, tools=[WEATHER, CLOCK])
    same(whole, message)
    alone = create(question, tools=[WEATHER, CLOCK], tool_choice={"type": "auto", "disable_parallel_tool_use": True})
    assert [block.name for block in alone.content] == ["get_weather"]
    forced = create("x", tools=[WEATHER, CLOCK], tool_choice={"type": "tool", "name": "get_time"})
    assert [block.name for block in forced.content] == ["get_time"]
    assert create(question, tools=[WEATHER], tool_choice={"type": "none"}).stop_reason == "end_turn"


@check
def tool_runner():
    @anthropic.beta_tool
    def add(left: int, right: int) -> str:
        """Adds.

        Args:
            left: one number
            right: another
        """
        return str(left + right)

    runner = client.beta.messages.tool_runner(
        model="mock-large", max_tokens=200, tools=[add],
        messages=[{"role": "user", "content": "Please add some"}],
    )
    messages = list(runner)
    assert [message.stop_reason for message in messages] == ["tool_use", "end_turn"]


@check
def images():
    pixel = base64.b64encode(b"\x89PNG\r\n\x1a\n").decode()
    content = [
        {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": pixel}},
        {"type": "image", "source": {"type": "url", "url": "https://example.com/a.png"}},
        {"type": "text", "text": "What is this?"},
    ]
    message = create(content)
    assert message.content[0].text.startswith("You asked: What is this?") and message.usage.input_tokens == 4 + 512
    content[0]["source"]["media_type"] = "image/tiff"
    assert "media_type" in str(raises(anthropic.BadRequestError, lambda: create(content)))


@check
def json_schema():
    schema = {
        "type": "object",
        "properties": {"name": {"type": "string"}, "tags": {"type": "array", "items": {"enum": ["a", "b"]}}},
        "required": ["name", "tags"],
        "additionalProperties": False,
    }
    message = create(output_config={"format": {"type": "json_schema", "schema": schema}})
    value = json.loads(message.content[0].text)
    assert isinstance(value["name"], str) and value["tags"][0] in ("a", "b")


@check
def thinking():
    wish = {"type": "enabled", "budget_tokens": 1024}
    events, message = stream(thinking=wish)
    assert [block.type for block in message.content] == ["thinking", "text"]
    assert message.content[0].thinking and message.content[0].signature
    assert message.usage.output_tokens == 48 and message.usage.output_tokens_details.thinking_tokens == 16
    same(create(thinking=wish), message)
    hidden = create(thinking={"type": "adaptive", "display": "omitted"})
    assert hidden.content[0].thinking == "" and hidden.content[0].signature
    error = raises(anthropic.BadRequestError, lambda: create(thinking={"type": "enabled", "budget_tokens": 5}))
    assert "budget_tokens" in str(error)


@check
def thought_kept():
    wish = {"type": "enabled", "budget_tokens": 1024}
    question = {"role": "user", "content": "Use get_time"}
    first = create("Use get_time", thinking=wish, tools=[CLOCK])
    assert [block.type for block in first.content] == ["thinking", "tool_use"]
    result = {
        "role": "user",
        "content": [{"type": "tool_result", "tool_use_id": first.content[1].id, "content": "12:00"}],
    }

    def again(content):
        messages = [question, {"role": "assistant", "content": content}, result]
        return create(messages=messages, thinking=wish, tools=[CLOCK])

    assert again(first.content).stop_reason == "end_turn"
    assert "Expected `thinking`" in str(raises(anthropic.BadRequestError, lambda: again(first.content[1:])))
    forged = [{"type": "thinking", "thinking": "else", "signature": first.content[0].signature}, first.content[1]]
    assert "Invalid `signature`" in str(raises(anthropic.BadRequestError, lambda: again(forged)))


@check
def stops():
    assert create(max_tokens=5).stop_reason == "max_tokens" and create(max_tokens=5).usage.output_tokens == 5
    message = create(knobs={"answer": "one two three"}, stop_sequences=["two"])
    assert message.stop_reason == "stop_sequence" and message.stop_sequence == "two"
    assert message.content[0].text == "one "
    refused = create(knobs={"refusal": "I cannot."})
    assert refused.stop_reason == "refusal" and refused.stop_details.type == "refusal"
    same(refused, stream(knobs={"refusal": "I cannot."})[1])
    assert create(knobs={"finish-reason": "pause_turn"}).stop_reason == "pause_turn"


@check
def cached_usage():
    system = [{"type": "text", "text": "x" * 4000, "cache_control": {"type": "ephemeral"}}]
    usage = create(system=system).usage
    assert (usage.input_tokens, usage.cache_creation_input_tokens, usage.cache_read_input_tokens) == (3, 1000, 0)
    usage = create(system=system, knobs={"cached-tokens": 1000}).usage
    assert (usage.input_tokens, usage.cache_creation_input_tokens, usage.cache_read_input_tokens) == (3, 0, 1000)
    _, message = stream(system=system, knobs={"cached-tokens": 600})
    assert message.usage.cache_creation_input_tokens == 400 and message.usage.cache_read_input_tokens == 600


@check
def counting_and_models():
    count = client.messages.count_tokens(model="m", messages=[{"role": "user", "content": "How are you?"}])
    assert count.input_tokens == 3
    assert [model.id for model in client.models.list()] == ["mock-small", "mock-large", "mock-embedding"]
    assert client.models.retrieve("mock-small").max_tokens == 64000
    raises(anthropic.NotFoundError, lambda: client.models.retrieve("none"))


@check
def errors():
    kinds = {
        "rate-limited": (anthropic.RateLimitError, 429, "rate_limit_error"),
        "overloaded": (anthropic.InternalServerError, 529, "overloaded_error"),
        "quota-gone": (anthropic.APIStatusError, 402, "billing_error"),
        "context-too-long": (anthropic.BadRequestError, 400, "invalid_request_error"),
        "content-policy": (anthropic.BadRequestError, 400, "invalid_request_error"),
        "invalid-key": (anthropic.AuthenticationError, 401, "authentication_error"),
        "forbidden": (anthropic.PermissionDeniedError, 403, "permission_error"),
        "model-not-found": (anthropic.NotFoundError, 404, "not_found_error"),
        "server-error": (anthropic.InternalServerError, 500, "api_error"),
        "timeout": (anthropic.InternalServerError, 504, "timeout_error"),
    }
    for name, (kind, status, type) in kinds.items():
        error = raises(kind, lambda: create(knobs={"failure": name, "retry-after-s": 7}))
        assert error.status_code == status and error.body["error"]["type"] == type, name
        assert error.body["request_id"] == error.request_id and error.response.headers["retry-after"] == "7"
    stranger = client.with_options(api_key="wrong")
    raises(anthropic.AuthenticationError, lambda: stranger.messages.create(model="m", max_tokens=1, messages=[]))
    raises(anthropic.BadRequestError, lambda: create([{"type": "text", "text": ""}]))
    raises(anthropic.BadRequestError, lambda: create(messages=[]))


@check
def rate_headers():
    knobs = {"x-mock-rate-limit": "1000", "x-mock-rate-tokens": "90000"}
    raw = client.messages.with_raw_response.create(
        model="m", max_tokens=9, messages=[{"role": "user", "content": "?"}], extra_headers=knobs
    )
    for name, limit in {"requests": "1000", "tokens": "90000", "input-tokens": "90000"}.items():
        assert raw.headers[f"anthropic-ratelimit-{name}-limit"] == limit
        assert int(raw.headers[f"anthropic-ratelimit-{name}-remaining"]) < int(limit)
        assert raw.headers[f"anthropic-ratelimit-{name}-reset"].endswith("Z")


@check
def broken_streams():
    error = raises(anthropic.APIStatusError, lambda: stream(knobs={"error-after-lifecycle": "true"}))
    assert error.body["error"]["type"] == "overloaded_error"
    raises(anthropic.APIStatusError, lambda: stream(knobs={"error-frame": 6}))
    raises(Exception, lambda: stream(knobs={"malformed-frame": 5}))
    raises(Exception, lambda: stream(knobs={"cut-after-frames": 5}))
    with client.messages.stream(
        model="m", max_tokens=50, messages=[{"role": "user", "content": "?"}],
        extra_headers={"x-mock-missing-terminal": "true"},
    ) as events:
        names = [event.type for event in events]
    assert "message_delta" not in names and names[-1] == "content_block_stop"


run()
