/// Prompts with places to fill in, by how strong a model they need. `{x}` is drawn from the words of that name.
///
/// The halves are by template, not by filling: what a score was fitted on shares no sentence with what it is judged on.
/// Each level has its traps: easy ones that use hard words or are long, hard ones that are short and plain.
enum MixTemplates {
    static let easy: (training: [String], held: [String]) = (
        [
            "Hi, how do I {account}?", "What is the capital of {country}?", "thanks, that was all!",
            "When does the {shop} open on {day}?", "Can I {account} without calling you?",
            "Translate to {language}: {short}", "Translate the following text into {language}.\n\n{long}",
            "Classify the sentiment of this review as positive or negative: {short}",
            "Extract all dates and names from the text below as JSON.\n\n{long}",
            "How many {unit} are in {number} {unit}?", "What does the word 'theorem' mean?",
            "Who wrote {book}?", "Set an alarm for {number} o'clock on {day}", "Fix the spelling: {short}",
            "How do I reverse a list in {code}?", "What is {number} plus {number}?",
            "Is {country} in the EU? Answer yes or no.", "I lost my card, what now?",
            "Which category fits: billing, delivery or login? {short}", "please cancel my order {number}",
            "What's the difference between a debit card and a credit card?", "Give me a synonym for 'analysis'.",
            "Wie ändere ich mein Passwort?", "¿Dónde está mi pedido {number}?",
            "Pull out the total and the invoice number:\n\n{long}",
        ],
        [
            "Hello! Where can I {account}?", "What is the population of {country}?", "ok great, bye",
            "Is the {shop} open on {day}?", "I want to {account}, what do I have to do?",
            "Say this in {language}: {short}", "Please translate this e-mail into {language}:\n\n{long}",
            "Is this message spam or not? {short}", "List every company in this text.\n\n{long}",
            "Convert {number} {unit} to {unit}.", "What is a proof, in one sentence?", "When was {book} published?",
            "Remind me on {day} to call the {shop}", "Correct the grammar: {short}",
            "How do I print a variable in {code}?", "What is {number} percent of {number}?",
            "Is {country} bigger than {country}?", "My card was declined, why?",
            "Label the intent of this message (refund, login, other): {short}", "track my delivery {number}",
            "Give me the plural of 'hypothesis'.", "Wo ist meine Bestellung {number}?", "Comment annuler ma commande ?",
            "What are the fields in this form? Return them as JSON.\n\n{long}", "Tell me a joke about {country}.",
        ]
    )

    static let medium: (training: [String], held: [String]) = (
        [
            "Summarize the following report in five bullet points for a manager:\n\n{long}",
            "Write a polite e-mail to a customer whose order {number} is late. Offer a refund, keep it under {number} words.",
            "Write a SQL query that lists the {number} best customers of {country} by revenue, with their last order.",
            "Write a {code} function that parses a date and returns nil when it is invalid.",
            "Compare renting and buying a flat in {country} for a family. Give three arguments each.",
            "Here is my function:\n\n{program}\nIt returns the wrong result for empty input. What is the bug?",
            "Write a short story about a lighthouse keeper in {country}, in the first person.",
            "Plan a trip of {number} days to {country} with two children, a budget and one rest day.",
            "Explain how photosynthesis works to a class of twelve year olds, with an example.",
            "Draft a job advert for a {code} developer. Must mention remote work, and avoid buzzwords.",
        ],
        [
            "Give me the key points of these meeting notes, and list open tasks with owners:\n\n{long}",
            "Reply to this complaint. Apologise once, do not promise money, at most {number} words: {short}",
            "Write a regex that matches phone numbers of {country} and explain each part.",
            "Write a {code} script that renames all files in a folder by their date.",
            "What are the pros and cons of electric cars for someone who drives {number} km a day?",
            "Can you tidy up this code and add a unit test?\n\n{program}",
            "Write a poem of four stanzas about {country} in winter that rhymes.",
            "Make a meal plan for a week for a vegetarian with a nut allergy, and a shopping list.",
            "Explain how compound interest works and calculate it for {number} at 3 percent over ten years.",
            "Rewrite this text for a formal newsletter and keep all facts:\n\n{long}",
        ]
    )

    static let hard: (training: [String], held: [String]) = (
        [
            "Prove that there are infinitely many primes of the form 4k + 3, and say where the argument fails for 4k + 1.",
            "Design a rate limiter for {number} replicas that share one store. It must never exceed the limit in any window, "
                + "survive a restart, and handle clock skew. Compare two algorithms, state the invariants and analyze the cost.",
            "Refactor this module so that it is safe under concurrency without a global lock, keep the interface, and "
                + "justify each change:\n\n{program}{program}",
            "Our p99 latency doubled after the last deploy. Here are logs:\n\n{program}\nFind the root cause, rank the "
                + "hypotheses, and give a plan to test each step by step.",
            "Analyze the liability clauses below under the law of {country}. Which conflict with each other, what are the "
                + "implications, and how should they be rewritten?\n\n{long}",
            "Derive the maximum likelihood estimator for a truncated normal distribution and discuss its bias.",
            "Why does this deadlock?\n\n{program}",
            "Implement a lock-free queue in {code}. Ensure linearizability, handle the ABA problem, explain the memory "
                + "ordering of every operation and give a proof sketch of correctness.",
            "We want to migrate {number} services from a monolith. First design the target architecture, then the order of "
                + "migration, then evaluate the risks. Requirements: no downtime, at most two teams, strict consistency.",
            "Is every bounded sequence in a Hilbert space weakly convergent? Justify.",
            "Write an optimizer for this query plan, with asymptotic complexity and a counterexample for the greedy choice:\n\n{program}",
            "Build a financial model for a {shop} in {country} over five years: assumptions, sensitivity, three scenarios, "
                + "and a critique of the weakest assumption.",
        ],
        [
            "Show that the halting problem reduces to deciding whether two programs are equivalent; be rigorous.",
            "Architect a multi-region database for {number} tenants. It must keep data of {country} inside {country}, tolerate "
                + "the loss of a region, and guarantee read-your-writes. Discuss trade-offs of three designs.",
            "Debug this. It fails once in {number} runs under load, never under the debugger:\n\n{program}{program}",
            "Given these incident reports, build a causal model, identify the common root cause and propose a strategy with "
                + "measurable steps:\n\n{long}{long}",
            "Critique the methodology of this study: confounders, power, multiple testing. Then design a better one.\n\n{long}",
            "Solve the differential equation y'' + 4y = sin(2x) with y(0) = 0, y'(0) = 1 and verify the solution.",
            "Explain why the type checker rejects this and how to fix it without changing the semantics:\n\n{program}",
            "Write a parser in {code} for arithmetic with precedence, unary minus and error recovery. Handle edge cases, add "
                + "property tests, and prove that it terminates.",
            "Compare the tax implications of three legal forms for a startup in {country} with two founders, one of them abroad, "
                + "and recommend one with reasons.",
            "Can a game of incomplete information have no equilibrium in pure strategies but a unique one in mixed? Give one.",
            "Optimize this for cache locality and explain the expected speedup quantitatively:\n\n{program}",
            "Evaluate whether we should rewrite our {code} backend. Consider cost, risk, hiring and performance, and make the "
                + "strongest case against your own recommendation.",
        ]
    )

    static let words: [String: [String]] = [
        "account": ["reset my password", "change my address", "close my account", "get an invoice", "update my e-mail"],
        "country": ["France", "Japan", "Brazil", "Kenya", "Canada", "Poland", "Norway"],
        "shop": ["bakery", "branch", "pharmacy", "garage", "library"],
        "day": ["Monday", "Friday", "Sunday"],
        "language": ["German", "French", "Spanish", "Japanese"],
        "unit": ["miles", "kilometres", "ounces", "grams", "feet"],
        "number": ["2", "7", "12", "40", "150", "3000"],
        "book": ["Moby Dick", "Faust", "Don Quixote"],
        "code": ["Python", "Swift", "Rust", "Java", "Go"],
    ]

    static let sentences = [
        "The delivery came on Tuesday and the box was damaged on one side.",
        "Revenue grew by four percent while costs stayed the same as last year.",
        "Mr Miller asked the team to send the report before the end of March.",
        "The committee met twice and put off its decision until the summer.",
        "I like the colour but the zip broke on the second day.",
        "Each tenant is liable for damage unless the landlord was told in writing.",
        "The pump stopped at noon, and the spare one did not start either.",
        "Sales in the north were weak because two stores were closed for repairs.",
    ]

    static let programs = [
        "func total(_ items: [Item]) -> Int {\n    var sum = 0\n    for i in 1..<items.count {\n        sum += items[i].price\n    }\n    return sum\n}\n",
        "def load(path):\n    with lock:\n        for row in open(path):\n            cache[row[0]] = parse(row)\n            if len(cache) > LIMIT:\n                lock.release()\n",
        "SELECT c.id, SUM(o.total) FROM customers c JOIN orders o ON o.customer = c.id WHERE o.day > '2026-01-01' GROUP BY c.id;\n",
        "while (!queue.empty()) {\n    auto job = queue.pop();\n    std::lock_guard<std::mutex> guard(job->mutex);\n    job->run(shared);\n}\n",
    ]
}
