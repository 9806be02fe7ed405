"""Speaks to the mock provider through the OpenAI SDK. Usage: mock_openai.py BASE_URL KEY"""

import json
import sys

import openai
import pydantic
from checks import check, raises, run

base_url, key = sys.argv[1:3]
client = openai.OpenAI(base_url=base_url + "/v1", api_key=key, max_retries=0, timeout=30)

PARAMETERS = {
    "type": "object",
    "properties": {"city": {"type": "string"}, "days": {"type": "integer", "minimum": 1, "maximum": 3}},
    "required": ["city", "days"],
    "additionalProperties": False,
}
CHAT_TOOLS = [
    {"type": "function", "function": {"name": "get_weather", "strict": True, "parameters": PARAMETERS}},
    {"type": "function", "function": {"name": "get_time", "parameters": {"type": "object", "properties": {}}}},
]
TOOLS = [{"type": "function", **tool["function"]} for tool in CHAT_TOOLS]
ASKING = "Use get_weather, get_weather again and get_time"


class Event(pydantic.BaseModel):
    name: str
    people: list[str]


def headers(knobs):
    return {"x-mock-" + name: str(value) for name, value in (knobs or {}).items()}


def chat(question="How are you?", knobs=None, **more):
    arguments = {"model": "mock-large", "messages": [{"role": "user", "content": question}], **more}
    return client.chat.completions.create(**arguments, extra_headers=headers(knobs))


def chat_stream(question="How are you?", knobs=None, **more):
    """All events, and the completion the SDK put together from them."""
    arguments = {"model": "mock-large", "messages": [{"role": "user", "content": question}], **more}
    with client.chat.completions.stream(
        **arguments, stream_options={"include_usage": True}, extra_headers=headers(knobs)
    ) as events:
        return list(events), events.get_final_completion()


def respond(question="How are you?", knobs=None, **more):
    return client.responses.create(model="mock-large", input=question, **more, extra_headers=headers(knobs))


def respond_stream(question="How are you?", knobs=None, **more):
    """All events, and the response the SDK put together from them."""
    with client.responses.stream(
        model="mock-large", input=question, **more, extra_headers=headers(knobs)
    ) as events:
        seen = list(events)
        # The SDK's own way to the last response knows of completed ones alone.
        return seen, seen[-1].response if seen[-1].type == "response.incomplete" else events.get_final_response()


def same(left, right):
    """Whole and streamed response differ in what numbers the request alone."""
    def bare(response):
        fields = response.to_dict()
        for item in [fields, *fields["output"]]:
            item.pop("id")
            item.pop("call_id", None)
            item.pop("parsed_arguments", None)
            for part in item.get("content") or []:
                part.pop("parsed", None)
        return fields

    assert bare(left) == bare(right), (bare(left), bare(right))


@check
def chat_plain():
    answer = chat()
    choice = answer.choices[0]
    assert choice.message.content.startswith("You asked: How are you? (") and choice.finish_reason == "stop"
    assert choice.message.refusal is None and choice.message.tool_calls is None
    usage = answer.usage
    assert (usage.prompt_tokens, usage.completion_tokens, usage.total_tokens) == (3, 32, 35)
    assert usage.prompt_tokens_details.cached_tokens == 0 and usage.completion_tokens_details.reasoning_tokens == 0
    assert answer._request_id.startswith("req_")
    _, streamed = chat_stream()
    assert streamed.choices[0].message.content == choice.message.content and streamed.usage == usage


@check
def chat_calls():
    message = chat(ASKING, tools=CHAT_TOOLS).choices[0].message
    assert [call.function.name for call in message.tool_calls] == ["get_weather", "get_weather", "get_time"]
    assert 1 <= json.loads(message.tool_calls[0].function.arguments)["days"] <= 3
    events, streamed = chat_stream(ASKING, tools=CHAT_TOOLS)
    found = streamed.choices[0]
    assert found.finish_reason == "tool_calls"
    assert [call.function.name for call in found.message.tool_calls] == ["get_weather", "get_weather", "get_time"]
    assert [call.function.arguments for call in found.message.tool_calls] == [
        call.function.arguments for call in message.tool_calls
    ]
    assert len({call.id for call in found.message.tool_calls}) == 3
    one = chat(ASKING, tools=CHAT_TOOLS, parallel_tool_calls=False).choices[0].message
    assert len(one.tool_calls) == 1
    named = {"type": "function", "function": {"name": "get_time"}}
    assert chat("x", tools=CHAT_TOOLS, tool_choice=named).choices[0].message.tool_calls[0].function.arguments == "{}"
    assert chat("x", tools=CHAT_TOOLS, tool_choice="required").choices[0].finish_reason == "tool_calls"
    assert chat(ASKING, tools=CHAT_TOOLS, tool_choice="none").choices[0].finish_reason == "stop"
    history = [
        {"role": "user", "content": ASKING}, message.to_dict(),
        *({"role": "tool", "tool_call_id": call.id, "content": "ok"} for call in message.tool_calls),
    ]
    assert chat(messages=history, tools=CHAT_TOOLS).choices[0].finish_reason == "stop"


@check
def chat_parse():
    for tools in ([], [openai.pydantic_function_tool(Event)]):
        parsed = client.chat.completions.parse(
            model="m", messages=[{"role": "user", "content": "x"}], response_format=Event, tools=tools
        )
        assert isinstance(parsed.choices[0].message.parsed, Event)
    parsed = client.chat.completions.parse(
        model="m", messages=[{"role": "user", "content": "Call Event"}], tools=[openai.pydantic_function_tool(Event)]
    )
    assert isinstance(parsed.choices[0].message.tool_calls[0].function.parsed_arguments, Event)
    json.loads(chat(response_format={"type": "json_object"}).choices[0].message.content)


@check
def chat_stops():
    assert chat(max_completion_tokens=5).choices[0].finish_reason == "length"
    assert chat(knobs={"answer": "one two three"}, stop=["two"]).choices[0].message.content == "one "
    refused = chat(knobs={"refusal": "I cannot."}).choices[0]
    assert refused.message.refusal == "I cannot." and refused.message.content is None
    _, streamed = chat_stream(knobs={"refusal": "I cannot."})
    assert streamed.choices[0].message.refusal == "I cannot."
    usage = chat(reasoning_effort="low", knobs={"cached-tokens": 2}).usage
    assert usage.completion_tokens_details.reasoning_tokens == 16 and usage.completion_tokens == 48
    assert usage.prompt_tokens_details.cached_tokens == 2
    raises(openai.LengthFinishReasonError, lambda: client.chat.completions.parse(
        model="m", messages=[{"role": "user", "content": "x"}], response_format=Event, max_tokens=1
    ))


@check
def chat_images():
    content = [
        {"type": "text", "text": "What?"}, {"type": "image_url", "image_url": {"url": "data:image/png;base64,iVBORw0KGgo="}},
    ]
    assert chat(content).usage.prompt_tokens == 2 + 256


@check
def embeddings_and_models():
    vectors = client.embeddings.create(model="m", input=["a", "b"], dimensions=8).data
    assert [len(vector.embedding) for vector in vectors] == [8, 8]
    assert client.models.list().data[0].id == "mock-small" and client.models.retrieve("mock-large").owned_by == "mock"
    raises(openai.NotFoundError, lambda: client.models.retrieve("none"))


@check
def plain():
    response = respond(instructions="Be brief.", metadata={"a": "b"}, temperature=0.5)
    assert response.object == "response" and response.status == "completed" and response.error is None
    assert response.output_text.startswith("You asked: How are you? (")
    assert response.instructions == "Be brief." and response.metadata == {"a": "b"} and response.temperature == 0.5
    assert (response.usage.input_tokens, response.usage.output_tokens, response.usage.total_tokens) == (6, 32, 38)
    assert response.output[0].role == "assistant" and response.output[0].content[0].annotations == []


@check
def streamed():
    events, response = respond_stream()
    same(respond(), response)
    assert [event.sequence_number for event in events] == list(range(len(events)))
    names = [event.type for event in events]
    assert names[:4] == [
        "response.created", "response.in_progress", "response.output_item.added", "response.content_part.added",
    ]
    assert set(names[4:36]) == {"response.output_text.delta"}
    assert names[36:] == [
        "response.output_text.done", "response.content_part.done", "response.output_item.done", "response.completed",
    ]
    assert events[0].response.status == "in_progress" and events[0].response.usage is None


@check
def calls():
    events, response = respond_stream(ASKING, tools=TOOLS)
    same(respond(ASKING, tools=TOOLS), response)
    assert [item.name for item in response.output] == ["get_weather", "get_weather", "get_time"]
    assert [event.output_index for event in events if event.type == "response.output_item.done"] == [0, 1, 2]
    assert 1 <= json.loads(response.output[0].arguments)["days"] <= 3
    history = [
        {"role": "user", "content": ASKING}, *response.output,
        *({"type": "function_call_output", "call_id": item.call_id, "output": "ok"} for item in response.output),
    ]
    assert respond(history, tools=TOOLS).output[0].type == "message"
    raises(openai.BadRequestError, lambda: respond(history[:-1], tools=TOOLS))
    raises(openai.BadRequestError, lambda: respond(history[-1:], tools=TOOLS))
    forced = respond("x", tools=TOOLS, tool_choice={"type": "function", "name": "get_time"})
    assert [item.name for item in forced.output] == ["get_time"]


@check
def parse():
    assert isinstance(client.responses.parse(model="m", input="x", text_format=Event).output_parsed, Event)
    _, response = respond_stream(text_format=Event)
    assert isinstance(response.output_parsed, Event)
    parsed = client.responses.parse(model="m", input="Call Event", tools=[openai.pydantic_function_tool(Event)])
    assert isinstance(parsed.output[0].parsed_arguments, Event)


@check
def reasoning():
    wish = {"reasoning": {"effort": "low", "summary": "auto"}, "include": ["reasoning.encrypted_content"]}
    events, response = respond_stream(**wish)
    same(respond(**wish), response)
    thought, message = response.output
    assert thought.type == "reasoning" and thought.summary[0].text and thought.encrypted_content
    assert response.usage.output_tokens_details.reasoning_tokens == 16 and response.usage.output_tokens == 48
    again = [{"role": "user", "content": "a"}, thought.to_dict(), message.to_dict(), {"role": "user", "content": "b"}]
    assert respond(again).output_text.startswith("You asked: b (")
    again[1]["encrypted_content"] = "AAAA"
    assert raises(openai.BadRequestError, lambda: respond(again)).code == "invalid_encrypted_content"
    hidden = respond(reasoning={"effort": "low"})
    assert hidden.output[0].summary == [] and hidden.usage.output_tokens_details.reasoning_tokens == 16


@check
def stops():
    for response in (respond("w " * 40, max_output_tokens=16), respond_stream("w " * 40, max_output_tokens=16)[1]):
        assert response.status == "incomplete" and response.incomplete_details.reason == "max_output_tokens"
        assert response.output[0].status == "incomplete" and response.usage.output_tokens == 16
    refused = respond(knobs={"refusal": "I cannot."})
    assert refused.output[0].content[0].type == "refusal" and refused.output[0].content[0].refusal == "I cannot."
    same(refused, respond_stream(knobs={"refusal": "I cannot."})[1])
    assert respond(knobs={"finish-reason": "content_filter"}).incomplete_details.reason == "content_filter"
    assert respond(knobs={"finish-reason": "failed"}).error.code == "server_error"
    usage = respond("x" * 400, knobs={"cached-tokens": 60, "cache-write-tokens": 30}).usage
    details = usage.input_tokens_details
    assert (usage.input_tokens, details.cached_tokens, details.cache_write_tokens) == (100, 60, 30)


@check
def inputs():
    content = [
        {"type": "input_text", "text": "What?"},
        {"type": "input_image", "image_url": "data:image/png;base64,iVBORw0KGgo=", "detail": "auto"},
    ]
    assert respond([{"role": "user", "content": content}]).usage.input_tokens == 2 + 256
    error = raises(openai.BadRequestError, lambda: respond(previous_response_id="resp_1"))
    assert error.code == "previous_response_not_found" and error.param == "previous_response_id"
    raises(openai.BadRequestError, lambda: respond(max_output_tokens=5))
    assert client.responses.input_tokens.count(model="m", input="How are you?").input_tokens == 3


@check
def failures():
    kinds = {
        "rate-limited": (openai.RateLimitError, 429, "rate_limit_exceeded"),
        "quota-gone": (openai.RateLimitError, 429, "insufficient_quota"),
        "overloaded": (openai.InternalServerError, 503, "slow_down"),
        "context-too-long": (openai.BadRequestError, 400, "context_length_exceeded"),
        "content-policy": (openai.BadRequestError, 400, "content_filter"),
        "invalid-key": (openai.AuthenticationError, 401, "invalid_api_key"),
        "forbidden": (openai.PermissionDeniedError, 403, "permission_denied"),
        "model-not-found": (openai.NotFoundError, 404, "model_not_found"),
        "timeout": (openai.InternalServerError, 504, "timeout"),
    }
    for name, (kind, status, code) in kinds.items():
        for work in (chat, respond):
            error = raises(kind, lambda: work(knobs={"failure": name}))
            assert (error.status_code, error.code) == (status, code)
    raw = client.responses.with_raw_response.create(
        model="m", input="x", extra_headers=headers({"rate-limit": 1000, "rate-tokens": 5000})
    )
    assert raw.headers["x-ratelimit-limit-requests"] == "1000" and raw.headers["x-ratelimit-limit-tokens"] == "5000"


@check
def broken_streams():
    for knobs in ({"error-after-lifecycle": "true"}, {"error-frame": 8}):
        assert raises(openai.APIError, lambda: respond_stream(knobs=knobs)).code == "server_error"
        raises(openai.APIError, lambda: chat_stream(knobs=knobs))
    for knobs in ({"cut-after-frames": 6}, {"malformed-frame": 6}, {"missing-terminal": "true"}):
        raises(Exception, lambda: respond_stream(knobs=knobs))
    raises(Exception, lambda: chat_stream(knobs={"cut-after-frames": 6}))
    chunks = list(chat(stream=True, knobs={"missing-terminal": "true"}))
    assert all(chunk.choices[0].finish_reason is None for chunk in chunks) and len(chunks) == 33


run()
