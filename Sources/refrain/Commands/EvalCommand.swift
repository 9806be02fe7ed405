import ArgumentParser

/// `refrain eval`.
struct EvalCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "eval",
        abstract: "Replay labelled questions under an error budget, beside plain cosine cuts.",
        discussion: """
            Reads *.stream.jsonl, lines of {"text", "answer_id"} in the order of their arrival, and *.pairs.jsonl and \
            *.hard.jsonl, lines of {"a", "b", "same", "kind"}. Every stream starts with an empty cache and with \
            nothing learned in it. Explorations count as misses. Streams that the shipped calibration was learned on \
            are judged by one learned without them.
            """)

    @Argument(help: "Folder of the sets.", completion: .directory)
    var folder: String

    @Option(help: ArgumentHelp("File of the texts' vectors; made when it is missing.", valueName: "file"))
    var vectors = ".build/evaluation-vectors.f32"

    @Option(help: ArgumentHelp("Replay each stream so often in shuffled orders, too.", valueName: "number"))
    var shuffles = 0

    @OptionGroup var model: BenchModelOption

    func run() async throws {
        let data = try await EvaluationSets(folder: folder, cache: vectors, modelDirectory: model.modelDir)
        BenchProgress.clear()
        let evaluation = Evaluation(data)
        if let learned = evaluation.learned {
            print("calibration learned on \(CalibrationTraining.shippedFrom.joined(separator: ", ")): \(learned)\n")
        }
        print("From a cold start (wrong: share of the hits)\n\n\(evaluation.operatingPoints().markdown)\n")
        print("Frontier, hits / wrong of hits\n\n\(evaluation.frontier().markdown)\n")
        print("Cold start, hits\n\n\(evaluation.coldStart().markdown)\n")
        print("Guard\n\n\(evaluation.guardCosts().markdown)\n")
        print("Drift\n\n\(evaluation.drift().markdown)\n")
        print("Answers compared, as far as pairs of questions show\n\n\(evaluation.comparisons().markdown)\n")
        print("Pairs, share accepted\n\n\(evaluation.pairs().markdown)\n")
        if shuffles > 0 { print("Shuffled\n\n\(evaluation.shuffled(shuffles).markdown)\n") }
    }
}
