import ArgumentParser

/// Where the encoder's model is.
struct BenchModelOption: ParsableArguments {
    @Option(help: ArgumentHelp("Folder of the encoder's model.", valueName: "folder"), completion: .directory)
    var modelDir = "model/all-MiniLM-L6-v2"
}
