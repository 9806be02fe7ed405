extension TidyRule {
    /// What is not written, and what is written in its place.
    static let constructs: [TidyRule] = [
        .banning(
            #"[\w)\]}"?]!(?!=)"#, in: { $0.path.hasPrefix("Sources/") }, name: "Nothing is unwrapped by force",
            instead: "unwrap with `guard let` or `if let`, and say what happens when it is nil"),
        .banning(
            #"\btry!"#, in: { _ in true }, name: "No error is forced away",
            instead: "catch the error or throw it on"),
        .banning(
            #"\bas!"#, in: { _ in true }, name: "No cast is forced",
            instead: "use `as?` and say what happens when it fails"),
        .banning(
            #"\bfatalError\s*\("#, in: { _ in true }, name: "Nothing ends the process by fatalError",
            instead: "throw; for a programmer's error use `precondition` with a sentence"),
        .banning(
            #"(?<![\w.])print\("#, in: { $0.isShipped && $0.target != "refrain" }, name: "Libraries do not print",
            instead: "log with the logger handed in, or return the text"),
        .banning(
            #"(?<!\w)Mutex\s*[(<]"#, in: { _ in true }, name: "No Synchronization.Mutex",
            instead: "use NIOLockedValueBox: ThreadSanitizer understands it"),
        .banning(
            #"^[ \t]*(?:(?:package|internal|private|@\w+)[ \t]+)*import Foundation[ \t]*$"#, in: \.isShipped,
            name: "Shipped code does without full Foundation",
            instead: "use the standard library, Glibc, or FoundationEssentials where really needed"),
        .banning(
            #"(?<![\w.`])(?:public|open(?=\s+(?:class|func|var)\s+\w+\s*[:<({]))\s"#,
            in: { $0.path.hasPrefix("Sources/") }, name: "Nothing is public",
            instead: "`package` is the widest access"),
        .banning(
            // NIO hands its handlers events of type Any: its signature is not ours to choose.
            #"(?<![\w.])(?<!event: )Any\b"#, in: { $0.path.hasPrefix("Sources/") }, name: "No value is of type Any",
            instead: "name the type, or a protocol"),
        .banning(
            #"\b(?:DispatchQueue|DispatchSemaphore|DispatchGroup)\b"#, in: { $0.path.hasPrefix("Sources/") },
            name: "No dispatch queues", instead: "use NamedThread and Inbox, an event loop, or a task"),
    ]

    /// A sleep is the pause between two looks at a condition, in a loop, or lasts an hour, which means "until
    /// cancelled". Any other is a guess of how long something takes.
    static let sleeps = TidyRule(
        name: "Tests do not sleep for luck", covers: { $0.isTest && !$0.isTidyItself }
    ) { file in
        let sleep = Pattern(#"\bTask\.sleep|\bThread\.sleep|(?<![\w.])u?sleep\("#)
        return sleep.matches(in: file.code).compactMap { match in
            let before = file.codeLines[max(0, match.line - 5)..<match.line].joined(separator: "\n")
            if before.contains("while ") || file.codeLines[match.line - 1].contains("3_600") { return nil }
            return file.finding(match.line, "await an event, or a condition (`eventually`)")
        }
    }

    /// A mark that promises work in a comment promises it to nobody.
    static let marks = TidyRule(name: "No work is left as a mark in the text", covers: \.isSwift) { file in
        Pattern(#"\b(?:TO"# + #"DO|FIX"# + #"ME|XX"# + #"X)\b"#).matches(in: file.text).map {
            file.finding($0.line, "do it now, or write it down outside the tree")
        }
    }
}
