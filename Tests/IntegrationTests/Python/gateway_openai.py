"""Speaks through the OpenAI SDK to a gateway, whose models answer in the dialects of several providers.

Usage: gateway_openai.py BASE_URL KEY DIALECT... A model of the gateway is named after its provider's dialect; behind a
word and a dash, after what its provider does: `refusing-gemini`.
"""

import json
import sys

import openai
import pydantic
from checks import check, raises, run

base_url, key, *dialects = sys.argv[1:]
client = openai.OpenAI(base_url=base_url + "/v1", api_key=key, max_retries=0, timeout=60)

PARAMETERS = {
    "type": "object",
    "properties": {"city": {"type": "string"}, "days": {"type": "integer"}},
    "required": ["city", "days"],
    "additionalProperties": False,
}
CHAT_TOOLS = [
    {"type": "function", "function": {"name": "get_weather", "parameters": PARAMETERS}},
    {"type": "function", "function": {"name": "get_time", "parameters": {"type": "object", "properties": {}}}},
]
TOOLS = [{"type": "function", **tool["function"]} for tool in CHAT_TOOLS]
ASKING = "Use get_weather, get_weather again and get_time"
CALLED = ["get_weather", "get_weather", "get_time"]


class Event(pydantic.BaseModel):
    name: str
    people: list[str]


def each(function):
    """Registers a check of every dialect."""
    for dialect in dialects:
        def work(dialect=dialect):
            function(dialect)
        work.__name__ = f"{function.__name__}-{dialect}"
        check(work)


def chat(model, question, **more):
    """The completion and what the cache did."""
    arguments = {"model": model, "messages": [{"role": "user", "content": question}], **more}
    raw = client.chat.completions.with_raw_response.create(**arguments)
    return raw.parse(), raw.headers.get("x-refrain-cache")


def chat_stream(model, question, **more):
    """The completion the SDK put together from a stream, and its chunks."""
    arguments = {"model": model, "messages": [{"role": "user", "content": question}], **more}
    with client.chat.completions.stream(**arguments, stream_options={"include_usage": True}) as events:
        chunks = [event.chunk for event in events if event.type == "chunk"]
        return events.get_final_completion(), chunks


def respond(model, question, **more):
    """The response and what the cache did."""
    raw = client.responses.with_raw_response.create(model=model, input=question, **more)
    return raw.parse(), raw.headers.get("x-refrain-cache")


def respond_stream(model, question, **more):
    """The response the SDK put together from a stream, and its events."""
    with client.responses.stream(model=model, input=question, **more) as events:
        seen = list(events)
        # The SDK's own way to the last response knows of completed ones alone.
        return events.get_final_response() if seen[-1].type == "response.completed" else seen[-1].response, seen


def bare(answer):
    """A completion without what differs from one answer to the next."""
    choice = answer.choices[0]
    return choice.message.content, choice.finish_reason, answer.usage.to_dict()


@each
def chat_plain(model):
    question = f"How is {model}?"
    answer, cache = chat(model, question)
    assert cache == "miss" and answer.object == "chat.completion" and answer.id and answer.created > 1_500_000_000
    assert answer.choices[0].message.content.startswith(f"You asked: {question} ("), answer
    assert answer.choices[0].finish_reason == "stop" and answer.choices[0].message.role == "assistant"
    usage = answer.usage
    assert usage.prompt_tokens > 0 and usage.total_tokens == usage.prompt_tokens + usage.completion_tokens
    again, cache = chat(model, question)
    assert cache == "hit-exact" and bare(again) == bare(answer), (bare(again), bare(answer))
    streamed, chunks = chat_stream(model, question)
    assert bare(streamed) == bare(answer), (bare(streamed), bare(answer))
    assert len({chunk.id for chunk in chunks}) == 1 and all(c.object == "chat.completion.chunk" for c in chunks)
    assert [c.usage is not None for c in chunks] == [False] * (len(chunks) - 1) + [True] and chunks[-1].choices == []


@each
def chat_streamed_first(model):
    question = f"Stream, {model}?"
    answer, chunks = chat_stream(model, question)
    assert answer.choices[0].message.content.startswith(f"You asked: {question} (") and len(chunks) > 5
    assert chunks[0].choices[0].delta.role == "assistant" and len({chunk.id for chunk in chunks}) == 1
    assert chunks[-1].choices == [] and chunks[-1].usage is not None
    whole, cache = chat(model, question)
    assert cache == "hit-exact" and bare(whole) == bare(answer), (bare(whole), bare(answer))
    plain = [c for c in client.chat.completions.create(
        model=model, messages=[{"role": "user", "content": question + "!"}], stream=True)]
    assert all(chunk.usage is None and chunk.choices for chunk in plain)


@each
def chat_calls(model):
    answer, _ = chat(model, ASKING, tools=CHAT_TOOLS)
    choice = answer.choices[0]
    assert choice.finish_reason == "tool_calls", choice
    assert [call.function.name for call in choice.message.tool_calls] == CALLED
    assert set(json.loads(choice.message.tool_calls[0].function.arguments)) == {"city", "days"}
    assert len({call.id for call in choice.message.tool_calls}) == 3
    streamed, _ = chat_stream(model, ASKING, tools=CHAT_TOOLS)
    calls = streamed.choices[0].message.tool_calls
    assert streamed.choices[0].finish_reason == "tool_calls"
    assert [call.function.name for call in calls] == CALLED and len({call.id for call in calls}) == 3
    assert [json.loads(call.function.arguments) for call in calls] == [
        json.loads(call.function.arguments) for call in choice.message.tool_calls
    ]
    history = [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": ASKING}, choice.message.to_dict(),
        *({"role": "tool", "tool_call_id": call.id, "content": "ok"} for call in choice.message.tool_calls),
    ]
    after, _ = chat(model, "", messages=history, tools=CHAT_TOOLS)
    assert after.choices[0].finish_reason == "stop" and after.choices[0].message.content
    named = {"type": "function", "function": {"name": "get_time"}}
    forced, _ = chat(model, "x", tools=CHAT_TOOLS, tool_choice=named)
    assert json.loads(forced.choices[0].message.tool_calls[0].function.arguments) == {}
    assert chat(model, "x", tools=CHAT_TOOLS, tool_choice="required")[0].choices[0].finish_reason == "tool_calls"
    if model != "bedrock":
        # Converse has no word for a choice of none.
        assert chat(model, ASKING, tools=CHAT_TOOLS, tool_choice="none")[0].choices[0].finish_reason == "stop"


@each
def chat_parse(model):
    wish = {"model": model, "messages": [{"role": "user", "content": "An event"}], "response_format": Event}
    parsed = client.chat.completions.parse(**wish)
    assert isinstance(parsed.choices[0].message.parsed, Event)
    with client.chat.completions.stream(**wish) as events:
        assert isinstance(events.get_final_completion().choices[0].message.parsed, Event)
    parsed = client.chat.completions.parse(
        model=model, messages=[{"role": "user", "content": "Call Event"}], tools=[openai.pydantic_function_tool(Event)]
    )
    assert isinstance(parsed.choices[0].message.tool_calls[0].function.parsed_arguments, Event)


@each
def chat_content(model):
    content = [
        {"type": "text", "text": "What?"},
        {"type": "image_url", "image_url": {"url": "data:image/png;base64,iVBORw0KGgo="}},
    ]
    assert chat(model, content)[0].usage.prompt_tokens >= 256
    # The least that Responses takes is 16.
    short, _ = chat(model, "Say much", max_completion_tokens=16)
    assert short.choices[0].finish_reason == "length" and short.usage.completion_tokens == 16
    refused = chat("refusing-" + model, "May I?")[0].choices[0]
    chunks = list(client.chat.completions.create(
        model="refusing-" + model, messages=[{"role": "user", "content": "May I?"}], stream=True))
    reason = chunks[-1].choices[0].finish_reason
    if model in ("openai", "responses"):
        streamed = "".join(chunk.choices[0].delta.refusal or "" for chunk in chunks)
        assert refused.message.refusal == streamed == "I cannot." and not refused.message.content, (refused, chunks)
        assert refused.finish_reason == reason == "stop"
    else:
        assert refused.finish_reason == reason == "content_filter", refused
    assert chat("cached-" + model, "word " * 50)[0].usage.prompt_tokens_details.cached_tokens == 7
    thoughtful, _ = chat(model, "Think", reasoning_effort="low")
    assert thoughtful.choices[0].message.content.startswith("You asked: Think (")


@each
def failures(model):
    kinds = {
        "rate-limited": (openai.RateLimitError, "rate_limit_exceeded"),
        "context-too-long": (openai.BadRequestError, "context_length_exceeded"),
        "server-error": (openai.InternalServerError, "provider_failed"),
        "invalid-key": (openai.InternalServerError, "provider_failed"),
    }
    for failure, (kind, code) in kinds.items():
        for work in (chat, chat_stream, respond, respond_stream):
            error = raises(kind, lambda: work(f"{failure}-{model}", "Fail"))
            assert error.code == code and error.message and error.type, (failure, work.__name__, error)
    for _ in range(2):
        error = raises(openai.APIError, lambda: chat_stream("cut-" + model, "Break"))
        assert error.code == "upstream_stream_truncated", error
        broken, events = respond_stream("cut-" + model, "Break")
        assert events[-1].type == "response.failed" and broken.status == "failed" and broken.error.message


@each
def response_plain(model):
    question = f"Respond, {model}?"
    answer, cache = respond(model, question, instructions="Be brief.", metadata={"a": "b"})
    assert cache == "miss" and answer.object == "response" and answer.status == "completed" and answer.error is None
    assert answer.id.startswith("resp_") and answer.output[-1].id.startswith("msg_"), answer
    assert answer.output_text.startswith(f"You asked: {question} ("), answer
    assert answer.instructions == "Be brief." and answer.metadata == {"a": "b"}
    assert answer.usage.total_tokens == answer.usage.input_tokens + answer.usage.output_tokens > 0
    again, cache = respond(model, question, instructions="Be brief.", metadata={"a": "b"})
    assert cache == "hit-exact" and again.output_text == answer.output_text and again.usage == answer.usage
    streamed, events = respond_stream(model, question, instructions="Be brief.", metadata={"a": "b"})
    assert streamed.output_text == answer.output_text and streamed.usage == answer.usage
    assert [event.sequence_number for event in events] == list(range(len(events)))
    assert events[0].type == "response.created" and events[-1].type == "response.completed"


@each
def response_streamed_first(model):
    question = f"Stream a response, {model}?"
    answer, events = respond_stream(model, question)
    assert answer.output_text.startswith(f"You asked: {question} (") and len(events) > 10
    assert [event.sequence_number for event in events] == list(range(len(events)))
    names = [event.type for event in events]
    assert names[:4] == [
        "response.created", "response.in_progress", "response.output_item.added", "response.content_part.added",
    ], names
    assert names[-4:] == [
        "response.output_text.done", "response.content_part.done", "response.output_item.done", "response.completed",
    ], names
    whole, cache = respond(model, question)
    assert cache == "hit-exact" and whole.output_text == answer.output_text and whole.usage == answer.usage


@each
def response_calls(model):
    whole, _ = respond(model, ASKING, tools=TOOLS)
    streamed, events = respond_stream(model, ASKING, tools=TOOLS)
    for answer in (whole, streamed):
        assert [item.name for item in answer.output] == CALLED, answer.output
        assert len({item.call_id for item in answer.output}) == 3
    assert [event.output_index for event in events if event.type == "response.output_item.done"] == [0, 1, 2]
    history = [
        {"role": "user", "content": ASKING}, *whole.output,
        *({"type": "function_call_output", "call_id": item.call_id, "output": "ok"} for item in whole.output),
    ]
    assert respond(model, history, tools=TOOLS)[0].output[0].type == "message"
    forced, _ = respond(model, "x", tools=TOOLS, tool_choice={"type": "function", "name": "get_time"})
    assert [item.name for item in forced.output] == ["get_time"]


@each
def response_parse(model):
    parsed = client.responses.parse(model=model, input="An event", text_format=Event)
    assert isinstance(parsed.output_parsed, Event)
    assert isinstance(respond_stream(model, "An event", text_format=Event)[0].output_parsed, Event)
    parsed = client.responses.parse(model=model, input="Call Event", tools=[openai.pydantic_function_tool(Event)])
    assert isinstance(parsed.output[0].parsed_arguments, Event)


@each
def response_reasoning(model):
    wish = {"reasoning": {"effort": "low", "summary": "auto"}, "include": ["reasoning.encrypted_content"]}
    for answer in (respond(model, f"Think, {model}", **wish)[0], respond_stream(model, f"Muse, {model}", **wish)[0]):
        # Google signs the text and not the thought, and may do so behind it.
        thoughts = [item for item in answer.output if item.type == "reasoning"]
        assert sum(item.type == "message" for item in answer.output) == 1, answer
        if model != "openai":
            # Chat Completions counts what was thought and hides it.
            assert thoughts[0].summary[0].text and thoughts[-1].encrypted_content, thoughts
        if model != "bedrock":
            # Converse does not count it.
            assert answer.usage.output_tokens_details.reasoning_tokens == 16, answer
        assert all(thought.id.startswith("rs_") for thought in thoughts)
        items = [item.to_dict() for item in answer.output]
        again = [{"role": "user", "content": "a"}, *items, {"role": "user", "content": "b"}]
        assert respond(model, again, **wish)[0].output_text.startswith("You asked: b (")


@each
def response_stops(model):
    for answer in (respond(model, "w " * 40, max_output_tokens=16)[0],
                   respond_stream(model, "w " * 40, max_output_tokens=16)[0]):
        assert answer.status == "incomplete" and answer.incomplete_details.reason == "max_output_tokens", answer
    error = raises(openai.BadRequestError, lambda: respond(model, "x", previous_response_id="resp_1"))
    assert error.param == "previous_response_id"


@each
def restored_thoughts(model):
    """A client that keeps nothing but calls and results loses no thoughts: the provider refuses a call without."""
    wish = {"tools": CHAT_TOOLS[1:], "reasoning_effort": "low"}
    question = {"role": "user", "content": f"Use get_time, {model}"}
    first, _ = chat(model, "", messages=[question], **wish)
    call = first.choices[0].message.tool_calls[0]
    history = [
        question,
        {"role": "assistant", "content": None, "tool_calls": [
            {"id": call.id, "type": "function", "function": {"name": "get_time", "arguments": "{}"}}]},
        {"role": "tool", "tool_call_id": call.id, "content": "12:00"},
    ]
    raw = client.chat.completions.with_raw_response.create(model=model, messages=history, **wish)
    assert raw.parse().choices[0].finish_reason == "stop"
    # Where the thoughts are not there, thinking is left out, and that is told.
    assert "reasoning_effort" not in raw.headers.get("x-refrain-dropped-params", ""), raw.headers


@each
def several_answers(model):
    """Never fewer answers than were asked for: an error says why there are none."""
    asked = {"model": model, "messages": [{"role": "user", "content": f"Twice, {model}?"}], "n": 2}
    error = raises(openai.BadRequestError, lambda: client.chat.completions.create(**asked))
    if model in ("openai", "gemini"):
        # Their dialects have a word for it, so that it reached the mock, which gives one answer: its own words.
        assert "one choice" in error.message or "Multiple candidates" in error.message, error
    else:
        assert error.param == "n" and "ask 2 times" in error.message, error


@each
def embeddings(model):
    """Vectors of OpenAI's and Google's providers, in the form the SDK asks for by itself and as numbers."""
    if model not in ("openai", "responses", "gemini"):
        # The others have none, or none that the gateway speaks.
        raises(openai.APIStatusError, lambda: client.embeddings.create(model=model, input="a"))
        return
    texts = ["one", "two"]
    packed = client.embeddings.create(model=model, input=texts, dimensions=8)
    plain = client.embeddings.create(model=model, input=texts, dimensions=8, encoding_format="float")
    assert [item.index for item in packed.data] == [0, 1] and packed.usage.prompt_tokens > 0
    assert packed.usage.total_tokens == packed.usage.prompt_tokens
    for left, right in zip(packed.data, plain.data):
        assert len(left.embedding) == len(right.embedding) == 8
        assert all(abs(a - b) < 1e-6 for a, b in zip(left.embedding, right.embedding)), (left, right)
    assert packed.data[0].embedding != packed.data[1].embedding
    raw = client.post("/embeddings", cast_to=object, body={
        "model": model, "input": "one", "dimensions": 8, "encoding_format": "base64"})
    assert isinstance(raw["data"][0]["embedding"], str), raw


@each
def across(model):
    question = f"Asked in chat, {model}?"
    first, _ = chat(model, question)
    second, cache = respond(model, question)
    assert second.output_text == first.choices[0].message.content, (first, second)
    assert cache == "hit-exact", cache


run()
