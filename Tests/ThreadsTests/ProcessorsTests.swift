import Foundation
import Testing
import Threads

@Suite("The processors of the process")
struct ProcessorsTests {
    @Test("There are as many as the system's own tool counts for this process")
    func allowed() throws {
        let nproc = Process()
        let output = Pipe()
        nproc.executableURL = URL(filePath: "/usr/bin/nproc")
        nproc.standardOutput = output
        // Variables of OpenMP change what the tool says.
        nproc.environment = [:]
        try nproc.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        nproc.waitUntilExit()
        #expect(Processors.allowed == Int(text.trimmingCharacters(in: .whitespacesAndNewlines)))
    }
}
