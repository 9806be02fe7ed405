"""Speaks to a gateway through the OpenAI SDK and prints what it saw as one JSON object.

Usage: sdk_client.py BASE_URL KEY READINESS_URL
"""

import json
import sys
import time
import urllib.request

import openai

base_url, key, readiness_url = sys.argv[1:4]
client = openai.OpenAI(base_url=base_url, api_key=key, max_retries=0, timeout=60)

QUESTION = "How do I cancel an order I have already placed?"
REWORDED = "How can I cancel an order that I have already placed?"


def whole(question, model="main"):
    """Asks for the answer in one piece."""
    raw = client.chat.completions.with_raw_response.create(
        model=model, messages=[{"role": "user", "content": question}]
    )
    completion = raw.parse()
    return {
        "cache": raw.headers.get("x-refrain-cache"),
        "text": completion.choices[0].message.content,
        "usage": completion.usage.total_tokens,
        "finish": completion.choices[0].finish_reason,
        "deltas": 0,
    }


def streamed(question, model="main"):
    """Asks for the answer in pieces, with usage at the end."""
    raw = client.chat.completions.with_raw_response.create(
        model=model,
        messages=[{"role": "user", "content": question}],
        stream=True,
        stream_options={"include_usage": True},
    )
    seen = {"cache": raw.headers.get("x-refrain-cache"), "text": "", "usage": None, "finish": None, "deltas": 0}
    for chunk in raw.parse():
        if chunk.usage is not None:
            seen["usage"] = chunk.usage.total_tokens
        for choice in chunk.choices:
            if choice.delta.content:
                seen["text"] += choice.delta.content
                seen["deltas"] += 1
            seen["finish"] = choice.finish_reason or seen["finish"]
    return seen


def failure(work):
    """The SDK's error for what must not succeed."""
    try:
        work()
    except openai.APIStatusError as error:
        return {"class": type(error).__name__, "status": error.status_code, "code": error.code}
    except openai.APIError as error:
        return {"class": type(error).__name__, "status": None, "code": error.code}
    return {"class": "none", "status": None, "code": None}


def await_mirror(count):
    """Waits until the gateway knows of so many questions."""
    for _ in range(3000):
        with urllib.request.urlopen(readiness_url) as answer:
            if json.load(answer)["mirror_entries"] >= count:
                return
        time.sleep(0.01)


answers = [whole(QUESTION)]
await_mirror(1)
answers += [whole(QUESTION), streamed(QUESTION), whole(REWORDED), streamed(REWORDED)]

streamed_first = [streamed("Which colours are there?")]
streamed_first += [streamed("Which colours are there?"), whole("Which colours are there?")]

stranger = client.with_options(api_key="not-a-key")
message = [{"role": "user", "content": "?"}]
print(json.dumps({
    "answers": answers,
    "streamed_first": streamed_first,
    "models": [model.id for model in client.models.list()],
    "model": client.models.retrieve("main").id,
    "errors": {
        "key": failure(lambda: stranger.chat.completions.create(model="main", messages=message)),
        "model": failure(lambda: whole(QUESTION, model="nobody")),
        "empty": failure(lambda: client.chat.completions.create(model="main", messages=[])),
        "body": failure(
            lambda: client.chat.completions.create(model="main", messages=message, extra_body={"stream": 7})
        ),
        "limited": failure(lambda: whole("429", model="limited")),
        "failing": failure(lambda: whole("500", model="failing")),
        "cut": failure(lambda: streamed("cut", model="cut")),
        "cutAgain": failure(lambda: streamed("cut", model="cut")),
    },
}))
