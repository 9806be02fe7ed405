"""Goes on from stored responses through the OpenAI SDK, at two gateways over one store.

Usage: gateway_stored.py BASE_URL OTHER_BASE_URL KEY OTHER_KEY DIALECT... The keys are of two tenants. Models are named
after the dialects of their providers, which repeat the last question they were asked and count the messages.
"""

import sys

import openai
from checks import check, raises, run

base_url, other_url, key, other_key, *dialects = sys.argv[1:]
client = openai.OpenAI(base_url=base_url + "/v1", api_key=key, max_retries=0, timeout=60)
replica = openai.OpenAI(base_url=other_url + "/v1", api_key=key, max_retries=0, timeout=60)
stranger = openai.OpenAI(base_url=other_url + "/v1", api_key=other_key, max_retries=0, timeout=60)

TOOLS = [{"type": "function", "name": "get_time", "parameters": {"type": "object", "properties": {}}}]


def each(function):
    """Registers a check of every dialect."""
    for dialect in dialects:
        def work(dialect=dialect):
            function(dialect)
        work.__name__ = f"{function.__name__}-{dialect}"
        check(work)


def stream(at, **wish):
    """The response the SDK put together from a stream."""
    with at.responses.stream(**wish) as events:
        for _ in events:
            pass
        return events.get_final_response()


@each
def goes_on(model):
    first = client.responses.create(model=model, input=f"First, {model}?", instructions="Be brief.")
    assert first.id.startswith("resp_") and first.store is True and first.previous_response_id is None, first
    second = stream(replica, model=model, input="And then?", previous_response_id=first.id)
    assert second.previous_response_id == first.id and second.store is True and second.id != first.id, second
    assert second.output_text.startswith("You asked: And then? ("), second.output_text
    assert second.usage.input_tokens > first.usage.input_tokens, (first.usage, second.usage)
    third = client.responses.create(model=model, input="And now?", previous_response_id=second.id)
    assert third.usage.input_tokens > second.usage.input_tokens, (second.usage, third.usage)
    listed = list(replica.responses.input_items.list(third.id, order="asc", limit=2))
    assert [item.role for item in listed] == ["user", "assistant", "user", "assistant", "user"], listed
    assert [item.content[0].text for item in listed][::2] == [f"First, {model}?", "And then?", "And now?"]
    assert listed[1].content[0].text == first.output_text and listed[3].content[0].text == second.output_text


@each
def hits(model):
    wish = {"model": model, "input": f"Again, {model}?"}
    found = [client.responses.create(**wish), replica.responses.create(**wish), stream(client, **wish)]
    assert len({answer.id for answer in found}) == 3 and len({answer.output_text for answer in found}) == 1
    for answer in found:
        assert replica.responses.create(model=model, input="So?", previous_response_id=answer.id).output_text
        again = replica.responses.retrieve(answer.id)
        for name in ("id", "created_at", "status", "model", "output_text", "usage", "store", "previous_response_id"):
            assert getattr(again, name) == getattr(answer, name), (name, again, answer)


@each
def calls(model):
    asked = client.responses.create(model=model, input="Use get_time", tools=TOOLS)
    call = asked.output[-1]
    assert call.type == "function_call" and call.name == "get_time", asked
    result = {"type": "function_call_output", "call_id": call.call_id, "output": "noon"}
    after = stream(replica, model=model, input=[result], tools=TOOLS, previous_response_id=asked.id)
    assert after.status == "completed" and after.output_text, after
    listed = list(client.responses.input_items.list(after.id, order="asc"))
    assert [item.type for item in listed if item.type != "reasoning"] == [
        "message", "function_call", "function_call_output"], listed


@each
def forgets(model):
    kept = client.responses.create(model=model, input=f"Forget, {model}")
    for at, kind in ((stranger, "another's"), (client, "deleted")):
        if kind == "deleted":
            replica.responses.delete(kept.id)
        for work in (
            lambda: at.responses.retrieve(kept.id), lambda: at.responses.delete(kept.id),
            lambda: list(at.responses.input_items.list(kept.id)),
        ):
            error = raises(openai.NotFoundError, work)
            assert error.type == "invalid_request_error" and kept.id in error.message, error
        for work in (at.responses.create, lambda **wish: stream(at, **wish)):
            error = raises(
                openai.BadRequestError, lambda: work(model=model, input="x", previous_response_id=kept.id))
            assert error.code == "previous_response_not_found" and error.param == "previous_response_id", error
    loose = client.responses.create(model=model, input=f"Loose, {model}", store=False)
    assert loose.store is False
    raises(openai.NotFoundError, lambda: client.responses.retrieve(loose.id))
    private = client.responses.create(
        model=model, input=f"Private, {model}", extra_headers={"cache-control": "no-store"})
    assert private.store is False
    raises(openai.NotFoundError, lambda: client.responses.retrieve(private.id))


@check
def pages():
    raises(openai.BadRequestError, lambda: client.responses.input_items.list("resp_x", limit=1000))
    raises(openai.NotFoundError, lambda: client.responses.retrieve("resp_none"))
    raises(openai.BadRequestError, lambda: client.responses.retrieve("resp_none", stream=True))


run()
