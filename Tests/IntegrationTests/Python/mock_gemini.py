"""Speaks to the mock provider through Google's Gen AI SDK. Usage: mock_gemini.py BASE_URL KEY"""

import json
import sys
import urllib.request

import google.auth.credentials
import pydantic
from checks import check, raises, run
from google import genai
from google.genai import errors, types

base_url, key = sys.argv[1:3]


class Token(google.auth.credentials.Credentials):
    """Credentials whose token is the mock's key."""

    def __init__(self):
        super().__init__()
        self.token = key

    def refresh(self, request):
        pass


client = genai.Client(api_key=key, http_options=types.HttpOptions(base_url=base_url, timeout=30000))
vertex = genai.Client(
    vertexai=True, project="p", location="l", credentials=Token(),
    http_options=types.HttpOptions(base_url=base_url, timeout=30000),
)
MODEL = "gemini-2.5-mock"

WEATHER = types.FunctionDeclaration(
    name="get_weather",
    parameters={
        "type": "OBJECT",
        "properties": {"city": {"type": "STRING"}, "days": {"type": "INTEGER", "minimum": 1, "maximum": 3}},
        "required": ["city", "days"],
    },
)
CLOCK = types.FunctionDeclaration(name="get_time", parameters_json_schema={"type": "object", "properties": {}})
TOOLS = [types.Tool(function_declarations=[WEATHER, CLOCK])]


def options(knobs, **more):
    headers = {"x-mock-" + name: str(value) for name, value in (knobs or {}).items()}
    more.setdefault("automatic_function_calling", types.AutomaticFunctionCallingConfig(disable=True))
    return types.GenerateContentConfig(**more, http_options=types.HttpOptions(headers=headers))


def generate(contents="How are you?", knobs=None, client=client, model=MODEL, **more):
    return client.models.generate_content(model=model, contents=contents, config=options(knobs, **more))


def stream(contents="How are you?", knobs=None, client=client, model=MODEL, **more):
    return list(client.models.generate_content_stream(model=model, contents=contents, config=options(knobs, **more)))


def parts(chunks):
    return [part for chunk in chunks for part in (chunk.candidates[0].content or types.Content(parts=[])).parts]


@check
def plain():
    for which in (client, vertex):
        answer = generate(client=which)
        assert answer.text.startswith("You asked: How are you? (")
        assert answer.candidates[0].finish_reason == "STOP" and answer.candidates[0].content.role == "model"
        usage = answer.usage_metadata
        assert (usage.prompt_token_count, usage.candidates_token_count, usage.total_token_count) == (3, 32, 35)
        assert usage.cached_content_token_count is None and usage.prompt_tokens_details[0].modality == "TEXT"
        assert answer.model_version == MODEL and answer.response_id


@check
def streamed():
    whole = generate()
    for which in (client, vertex):
        chunks = stream(client=which)
        assert "".join(chunk.text or "" for chunk in chunks) == whole.text and len(chunks) == 33
        assert chunks[0].candidates[0].finish_reason is None and chunks[-1].candidates[0].finish_reason == "STOP"
        assert chunks[-1].usage_metadata == whole.usage_metadata


@check
def array_form():
    body = json.dumps({"contents": [{"role": "user", "parts": [{"text": "How are you?"}]}]}).encode()
    request = urllib.request.Request(
        f"{base_url}/v1beta/models/{MODEL}:streamGenerateContent?key={key}", data=body,
        headers={"content-type": "application/json"},
    )
    with urllib.request.urlopen(request) as answer:
        assert answer.headers["content-type"] == "application/json"
        chunks = json.load(answer)
    texts = [part["text"] for chunk in chunks for part in chunk["candidates"][0]["content"]["parts"]]
    assert "".join(texts) == generate().text


@check
def calls():
    answer = generate("Use get_weather, then get_weather and get_time", tools=TOOLS)
    assert [call.name for call in answer.function_calls] == ["get_weather", "get_weather", "get_time"]
    assert 1 <= answer.function_calls[0].args["days"] <= 3 and answer.function_calls[2].args == {}
    assert answer.candidates[0].finish_reason == "STOP"
    chunks = stream("Use get_weather, then get_weather and get_time", tools=TOOLS)
    found = [part.function_call for part in parts(chunks) if part.function_call]
    assert found == answer.function_calls
    assert chunks[2].candidates[0].finish_reason is None and chunks[3].function_calls is None
    forced = generate("x", tools=TOOLS, tool_config=types.ToolConfig(
        function_calling_config=types.FunctionCallingConfig(mode="ANY", allowed_function_names=["get_time"])
    ))
    assert [call.name for call in forced.function_calls] == ["get_time"]


@check
def automatic_calling():
    seen = []

    def add(left: int, right: int) -> int:
        """Adds."""
        seen.append((left, right))
        return left + right

    answer = generate(
        "Please add some", tools=[add], automatic_function_calling=types.AutomaticFunctionCallingConfig()
    )
    assert len(seen) == 1 and answer.text and answer.function_calls is None


@check
def results():
    question = types.Content(role="user", parts=[types.Part(text="Use get_weather and get_time")])
    for model in (MODEL, "gemini-3-mock"):
        first = generate([question], tools=TOOLS, model=model).candidates[0].content
        responses = [
            types.Part.from_function_response(name=part.function_call.name, response={"ok": True})
            for part in first.parts
        ]
        history = [question, first, types.Content(role="user", parts=responses)]
        assert generate(history, tools=TOOLS, model=model).text
    history[2].parts.pop()
    error = raises(errors.ClientError, lambda: generate(history, tools=TOOLS, model=model))
    assert error.code == 400 and "number of function response parts" in error.message


@check
def lost_signature():
    question = types.Content(role="user", parts=[types.Part(text="Use get_time")])
    first = generate([question], tools=TOOLS, model="gemini-3-mock").candidates[0].content
    assert first.parts[0].thought_signature and first.parts[0].function_call.id
    answer = types.Content(
        role="user", parts=[types.Part.from_function_response(name="get_time", response={"now": "12"})]
    )

    def again(signature):
        first.parts[0].thought_signature = signature
        return generate([question, first, answer], tools=TOOLS, model="gemini-3-mock")

    assert "missing a thought_signature" in raises(errors.ClientError, lambda: again(None)).message
    assert "Corrupted" in raises(errors.ClientError, lambda: again(b"else")).message
    assert again(b"skip_thought_signature_validator").text


@check
def chat():
    session = client.chats.create(model=MODEL)
    assert session.send_message("one").text.startswith("You asked: one (")
    assert session.send_message("two").text.startswith("You asked: two (")


@check
def images():
    pixel = types.Part.from_bytes(data=b"\x89PNG", mime_type="image/png")
    answer = generate([pixel, types.Part.from_uri(file_uri="gs://a/b.png", mime_type="image/png"), "What?"])
    assert answer.text.startswith("You asked: What? (") and answer.usage_metadata.prompt_token_count == 2 + 512


class Recipe(pydantic.BaseModel):
    name: str
    steps: list[str]
    minutes: int


@check
def json_schema():
    answer = generate(response_mime_type="application/json", response_schema=list[Recipe])
    assert isinstance(answer.parsed[0], Recipe) and answer.parsed[0].steps
    schema = {"type": "object", "properties": {"kind": {"const": "x"}}, "required": ["kind"]}
    answer = generate(response_mime_type="application/json", response_json_schema=schema)
    assert answer.parsed == {"kind": "x"}
    body = {
        "contents": [{"parts": [{"text": "x"}]}],
        "generationConfig": {"responseMimeType": "application/json", "responseSchema": {"const": 1}},
    }
    request = urllib.request.Request(
        f"{base_url}/v1beta/models/{MODEL}:generateContent", data=json.dumps(body).encode(),
        headers={"x-goog-api-key": key},
    )
    error = raises(urllib.error.HTTPError, lambda: urllib.request.urlopen(request))
    assert error.code == 400 and "Cannot find field" in json.load(error)["error"]["message"]


@check
def thinking():
    wish = types.ThinkingConfig(include_thoughts=True)
    answer = generate(thinking_config=wish)
    thought, text = answer.candidates[0].content.parts
    assert thought.thought and thought.text and text.thought_signature
    usage = answer.usage_metadata
    assert (usage.candidates_token_count, usage.thoughts_token_count, usage.total_token_count) == (32, 16, 51)
    chunks = stream(thinking_config=wish)
    pieces = parts(chunks)
    assert "".join(part.text for part in pieces if part.thought) == thought.text
    assert "".join(part.text for part in pieces if not part.thought) == text.text
    assert pieces[-1].thought_signature == text.thought_signature
    assert chunks[-1].usage_metadata == usage
    hidden = generate(thinking_config=types.ThinkingConfig(thinking_budget=512))
    assert len(hidden.candidates[0].content.parts) == 1 and hidden.usage_metadata.thoughts_token_count == 16
    off = generate(thinking_config=types.ThinkingConfig(thinking_budget=0))
    assert off.usage_metadata.thoughts_token_count is None


@check
def stops():
    answer = generate(max_output_tokens=5)
    assert answer.candidates[0].finish_reason == "MAX_TOKENS" and answer.usage_metadata.candidates_token_count == 5
    assert stream(max_output_tokens=5)[-1].candidates[0].finish_reason == "MAX_TOKENS"
    answer = generate(knobs={"answer": "one two three"}, stop_sequences=["two"])
    assert answer.text == "one " and answer.candidates[0].finish_reason == "STOP"
    refused = generate(knobs={"refusal": "No."})
    assert refused.candidates[0].finish_reason == "SAFETY" and refused.candidates[0].content is None
    assert stream(knobs={"refusal": "No."})[-1].candidates[0].safety_ratings[0].blocked
    blocked = generate(knobs={"failure": "content-policy"})
    assert blocked.candidates is None and blocked.prompt_feedback.block_reason == "PROHIBITED_CONTENT"
    odd = generate(knobs={"finish-reason": "MALFORMED_FUNCTION_CALL"})
    assert odd.candidates[0].finish_reason == "MALFORMED_FUNCTION_CALL"


@check
def cached_usage():
    usage = generate("x" * 4000, knobs={"cached-tokens": 800}).usage_metadata
    assert usage.prompt_token_count == 1000 and usage.cached_content_token_count == 800


@check
def counting_embedding_models():
    for which in (client, vertex):
        assert which.models.count_tokens(model=MODEL, contents="How are you?").total_tokens == 3
    config = types.EmbedContentConfig(output_dimensionality=8)
    one = client.models.embed_content(model="mock-embedding", contents=["a", "b"], config=config)
    assert [len(embedding.values) for embedding in one.embeddings] == [8, 8]
    same = vertex.models.embed_content(model="text-embedding-005", contents="a", config=config)
    assert same.embeddings[0].values == one.embeddings[0].values
    assert client.models.get(model="mock-small").input_token_limit == 200000
    assert [model.name for model in client.models.list()][0] == "models/mock-small"


@check
def failures():
    kinds = {
        "rate-limited": (429, "RESOURCE_EXHAUSTED"), "quota-gone": (429, "RESOURCE_EXHAUSTED"),
        "overloaded": (503, "UNAVAILABLE"), "context-too-long": (400, "INVALID_ARGUMENT"),
        "invalid-key": (400, "INVALID_ARGUMENT"), "forbidden": (403, "PERMISSION_DENIED"),
        "model-not-found": (404, "NOT_FOUND"), "server-error": (500, "INTERNAL"),
        "timeout": (504, "DEADLINE_EXCEEDED"),
    }
    for name, (status, word) in kinds.items():
        error = raises(errors.APIError, lambda: generate(knobs={"failure": name}))
        assert (error.code, error.status) == (status, word), name
    knobs = {"failure": "quota-gone", "retry-after-s": "22"}
    details = raises(errors.ClientError, lambda: generate(knobs=knobs)).details["error"]["details"]
    assert details[0]["violations"][0]["quotaId"] == "GenerateRequestsPerDayPerProjectPerModel"
    assert details[1] == {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "22.000s"}
    stranger = genai.Client(api_key="wrong", http_options=types.HttpOptions(base_url=base_url))
    assert "API key not valid" in raises(errors.ClientError, lambda: generate(client=stranger)).message


@check
def broken_streams():
    error = raises(errors.ServerError, lambda: stream(knobs={"error-frame": 3}))
    assert error.code == 503 and error.status == "UNAVAILABLE"
    raises(errors.ServerError, lambda: stream(knobs={"error-after-lifecycle": "1"}))
    raises(Exception, lambda: stream(knobs={"cut-after-frames": 2}))
    raises(Exception, lambda: stream(knobs={"malformed-frame": 2}))
    assert stream(knobs={"missing-terminal": "1"})[-1].candidates[0].finish_reason is None


run()
