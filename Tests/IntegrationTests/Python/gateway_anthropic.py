"""Speaks through the Anthropic SDK to a gateway, whose models answer in the dialects of several providers.

Usage: gateway_anthropic.py BASE_URL KEY DIALECT... A model of the gateway is named as for gateway_openai.py.
"""

import json
import sys

import anthropic
from checks import check, raises, run

base_url, key, *dialects = sys.argv[1:]
client = anthropic.Anthropic(base_url=base_url, api_key=key, max_retries=0, timeout=60)

WEATHER = {
    "name": "get_weather",
    "description": "The weather of a place.",
    "input_schema": {
        "type": "object",
        "properties": {"city": {"type": "string"}, "days": {"type": "integer"}},
        "required": ["city", "days"],
    },
}
CLOCK = {"name": "get_time", "input_schema": {"type": "object", "properties": {}}}
ASKING = "Use get_weather for Paris, get_weather for Rome and get_time"


def each(function):
    """Registers a check of every dialect."""
    for dialect in dialects:
        def work(dialect=dialect):
            function(dialect)
        work.__name__ = f"{function.__name__}-{dialect}"
        check(work)


def create(model, question, **more):
    """The message and what the cache did."""
    arguments = {"model": model, "max_tokens": 2048, "messages": [{"role": "user", "content": question}], **more}
    raw = client.messages.with_raw_response.create(**arguments)
    return raw.parse(), raw.headers.get("x-refrain-cache")


def stream(model, question, **more):
    """The message the SDK put together from a stream, and its events."""
    arguments = {"model": model, "max_tokens": 2048, "messages": [{"role": "user", "content": question}], **more}
    with client.messages.stream(**arguments) as events:
        seen = list(events)
        return events.get_final_message(), seen


def bare(message):
    """A message without what differs from one answer to the next."""
    usage = message.usage
    return [block.to_dict() for block in message.content], message.stop_reason, usage.input_tokens, usage.output_tokens


@each
def plain(model):
    question = f"How is {model}?"
    message, cache = create(model, question)
    assert cache == "miss" and message.type == "message" and message.role == "assistant" and message.id
    assert [block.type for block in message.content] == ["text"]
    assert message.content[0].text.startswith(f"You asked: {question} ("), message
    assert message.stop_reason == "end_turn" and message.stop_sequence is None
    assert message.usage.input_tokens > 0 and message.usage.output_tokens > 0
    again, cache = create(model, question)
    assert cache == "hit-exact" and bare(again) == bare(message), (bare(again), bare(message))
    streamed, events = stream(model, question)
    assert bare(streamed) == bare(message), (bare(streamed), bare(message))
    names = [event.type for event in events]
    assert names[:2] == ["message_start", "content_block_start"] and names[-1] == "message_stop"


@each
def streamed_first(model):
    question = f"Stream, {model}?"
    message, events = stream(model, question)
    assert message.content[0].text.startswith(f"You asked: {question} ("), message
    assert message.stop_reason == "end_turn" and message.usage.output_tokens > 0 and len(message.content) == 1
    names = [event.type for event in events]
    assert names[0] == "message_start" and names.count("message_start") == 1 and names[-1] == "message_stop"
    assert names.count("message_delta") == 1 and len(names) > 20
    whole, cache = create(model, question)
    assert cache == "hit-exact" and bare(whole) == bare(message), (bare(whole), bare(message))


@each
def calls(model):
    whole, _ = create(model, ASKING, tools=[WEATHER, CLOCK])
    streamed, _ = stream(model, ASKING, tools=[WEATHER, CLOCK])
    for message in (whole, streamed):
        assert message.stop_reason == "tool_use", message
        assert [block.name for block in message.content] == ["get_weather", "get_weather", "get_time"]
        assert len({block.id for block in message.content}) == 3 and message.content[2].input == {}
        assert set(message.content[0].input) == {"city", "days"}
    after, _ = create(model, "", tools=[WEATHER, CLOCK], system="Be brief.", messages=[
        {"role": "user", "content": ASKING},
        {"role": "assistant", "content": whole.content},
        {"role": "user", "content": [
            {"type": "tool_result", "tool_use_id": block.id, "content": "sunny"} for block in whole.content
        ]},
    ])
    assert after.stop_reason == "end_turn" and after.content[0].type == "text"
    forced, _ = create(model, "x", tools=[WEATHER, CLOCK], tool_choice={"type": "tool", "name": "get_time"})
    assert [block.name for block in forced.content] == ["get_time"]
    if model != "bedrock":
        # Converse has no word for a choice of none.
        assert create(model, ASKING, tools=[WEATHER], tool_choice={"type": "none"})[0].stop_reason == "end_turn"


@each
def tool_runner(model):
    @anthropic.beta_tool
    def add(left: int, right: int) -> str:
        """Adds.

        Args:
            left: one number
            right: another
        """
        return str(left + right)

    runner = client.beta.messages.tool_runner(
        model=model, max_tokens=200, tools=[add], messages=[{"role": "user", "content": "Please add some"}])
    assert [message.stop_reason for message in runner] == ["tool_use", "end_turn"]


@each
def thinking(model):
    wish = {"type": "enabled", "budget_tokens": 1024}
    for message in (create(model, f"Think, {model}", thinking=wish)[0], stream(model, f"Muse, {model}", thinking=wish)[0]):
        if model == "openai":
            # Chat Completions hides what was thought.
            assert message.content[-1].type == "text"
            continue
        thoughts = [block for block in message.content if block.type == "thinking"]
        assert sum(block.type == "text" for block in message.content) == 1, message.content
        # Google signs the text and not the thought.
        assert len(thoughts) == 1 and thoughts[0].thinking, message.content
        assert thoughts[0].signature or model == "gemini", message.content
    first, _ = create(model, "Use get_time", thinking=wish, tools=[CLOCK])
    assert first.content[-1].type == "tool_use", first.content
    after, _ = create(model, "", thinking=wish, tools=[CLOCK], messages=[
        {"role": "user", "content": "Use get_time"}, {"role": "assistant", "content": first.content},
        {"role": "user", "content": [
            {"type": "tool_result", "tool_use_id": first.content[-1].id, "content": "12:00"}]},
    ])
    assert after.stop_reason == "end_turn"


@each
def contents(model):
    content = [
        {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": "iVBORw0KGgo="}},
        {"type": "text", "text": "What is this?"},
    ]
    assert create(model, content)[0].usage.input_tokens >= 256
    for message in (create(model, "w " * 9, max_tokens=16)[0], stream(model, "v " * 9, max_tokens=16)[0]):
        assert message.stop_reason == "max_tokens" and message.usage.output_tokens == 16, message
    for message in (create("refusing-" + model, "May I?")[0], stream("refusing-" + model, "May I?")[0]):
        assert message.stop_reason == "refusal", message
    usage = create("cached-" + model, "word " * 50)[0].usage
    assert usage.cache_read_input_tokens == 7 and usage.input_tokens > 0, usage
    schema = {"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"],
              "additionalProperties": False}
    wish = {"format": {"type": "json_schema", "schema": schema}}
    assert isinstance(json.loads(create(model, "A name", output_config=wish)[0].content[0].text)["name"], str)


@each
def failures(model):
    kinds = {
        "rate-limited": (anthropic.RateLimitError, "rate_limit_error"),
        "context-too-long": (anthropic.BadRequestError, "invalid_request_error"),
        "server-error": (anthropic.InternalServerError, "api_error"),
        "invalid-key": (anthropic.InternalServerError, "api_error"),
    }
    for failure, (kind, type) in kinds.items():
        for work in (create, stream):
            error = raises(kind, lambda: work(f"{failure}-{model}", "Fail"))
            assert error.body["type"] == "error" and error.body["error"]["type"] == type, (failure, error.body)
            assert error.body["error"]["message"]
    error = raises(anthropic.APIStatusError, lambda: stream("cut-" + model, "Break"))
    assert error.body["error"]["type"] == "api_error", error.body


@each
def tokens(model):
    """A count, by the provider's own counter where that speaks the same API, else by an estimate."""
    asked = {"model": model, "messages": [{"role": "user", "content": "How many words? " * 20}]}
    count = client.messages.count_tokens(**asked).input_tokens
    assert 20 < count < 400, count
    more = client.messages.count_tokens(**asked, system="Be brief. " * 20, tools=[WEATHER]).input_tokens
    assert more > count + 20, (count, more)


@each
def restored_thoughts(model):
    """A client that drops thoughts loses none: the provider refuses a call without."""
    wish = {"thinking": {"type": "enabled", "budget_tokens": 1024}, "tools": [CLOCK]}
    question = {"role": "user", "content": f"Use get_time now, {model}"}
    first, _ = create(model, "", messages=[question], **wish)
    call = first.content[-1]
    history = [
        question, {"role": "assistant", "content": [call]},
        {"role": "user", "content": [{"type": "tool_result", "tool_use_id": call.id, "content": "12:00"}]},
    ]
    if model == "anthropic":
        # Who speaks its own API to Anthropic is passed on as it is, and told what Anthropic says.
        error = raises(anthropic.BadRequestError, lambda: create(model, "", messages=history, **wish))
        assert "thinking" in error.body["error"]["message"], error.body
    else:
        assert create(model, "", messages=history, **wish)[0].stop_reason == "end_turn"


@each
def across(model):
    asked = {"model": model, "max_completion_tokens": 2048, "messages": [{"role": "user", "content": f"Asked, {model}?"}]}
    raw = client.post("/v1/chat/completions", body=asked, cast_to=object)
    message, cache = create(model, f"Asked, {model}?")
    assert message.content[0].text == raw["choices"][0]["message"]["content"]
    assert cache == "hit-exact", cache


run()
