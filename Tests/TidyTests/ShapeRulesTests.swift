import Testing

@Suite("Each rule about sizes, names and arrows can fail")
struct ShapeRulesTests {
    private func lines(_ name: String, path: String = "Sources/Routing/A.swift", _ text: String) -> [Int] {
        let rule = TreeTests.rules.first { $0.name == name }
        return rule?.findings(in: [SourceFile(path: path, text: text)]).map(\.line) ?? [-1]
    }

    @Test("A line of 121 columns is too long, one of 120 is not, whatever its bytes")
    func longLines() {
        let name = "Lines have at most 120 columns"
        #expect(lines(name, "\n" + String(repeating: "ß", count: 121)) == [2])
        #expect(lines(name, String(repeating: "ß", count: 120)).isEmpty)
        let literal = "    let a = \"" + String(repeating: "ß", count: 121) + "\""
        #expect(lines(name, literal) == [1])
        #expect(lines(name, path: "Tests/RoutingTests/A.swift", literal).isEmpty)
        #expect(lines(name, path: "Tests/RoutingTests/A.swift", "// " + literal) == [1])
    }

    @Test("A file of 401 lines is too long, one of 400 is not")
    func longFiles() {
        let name = "Files have at most 400 lines"
        #expect(lines(name, String(repeating: "\n", count: 401)) == [1])
        #expect(lines(name, String(repeating: "\n", count: 400)).isEmpty)
    }

    @Test("A function of 71 lines is too long, one of 70 is not; braces in literals do not count")
    func longFunctions() {
        let name = "Functions have at most 70 lines"
        func function(_ lines: Int) -> String {
            "struct A {\nfunc a() {\n" + String(repeating: "let a = \"}\" // }\n", count: lines - 2) + "}\n}\n"
        }
        #expect(lines(name, function(71)) == [2])
        #expect(lines(name, function(70)).isEmpty)
        let bodiless = "protocol A {\n    func a()\n}\nstruct B {\n" + String(repeating: "\n", count: 80) + "}"
        #expect(lines(name, bodiless).isEmpty)
    }

    @Test("Names that say nothing are found")
    func emptyNames() {
        let name = "Types are named after what they are in the domain"
        #expect(lines(name, "struct RouteManager {}\nenum TextUtils {}\nclass KeyInfo {}") == [1, 2, 3])
        #expect(lines(name, "struct Route {}\nstruct DataPage {}\nlet data = 1").isEmpty)
    }

    @Test("A file declares the type it is named after")
    func fileNames() {
        let name = "A file is named after its type"
        #expect(lines(name, "struct B {}") == [1])
        #expect(lines(name, path: "Sources/Routing/A+c.swift", "extension B {}") == [1])
        #expect(lines(name, "struct B {}\npackage final class A {}").isEmpty)
        #expect(lines(name, path: "Sources/Routing/A+C.swift", "extension A.C {}").isEmpty)
        #expect(lines(name, path: "Sources/Routing/Identifiers.swift", "struct A {}\nstruct B {}").isEmpty)
    }

    @Test("A package function or type without a doc comment is found, what a protocol demands is not")
    func docs() {
        let name = "What others use says what it does"
        #expect(lines(name, "package struct A {\n    package func b() {}\n}") == [1, 2])
        #expect(lines(name, "/// A.\n@frozen\npackage struct A: B {\n    package func b() {}\n}").isEmpty)
    }

    @Test("An unchecked promise without its reason is found")
    func promises() {
        let name = "An unchecked promise says why it holds"
        #expect(lines(name, "/// Safe.\nfinal class A: @unchecked Sendable {}") == [2])
        let said = "/// Safe because it never changes.\n@frozen\nfinal class A: @unchecked Sendable {}"
        #expect(lines(name, said).isEmpty)
    }

    @Test("An import between stages, and of what tests share, is found")
    func imports() {
        #expect(lines("Stages never import each other", "package import GatewayCore\npackage import Policy") == [2])
        #expect(lines("Stages never import each other", path: "Sources/Pipeline/A.swift", "import Policy").isEmpty)
        #expect(lines("Sources do not import what tests share", "import GatewayTesting") == [1])
    }

    @Test("A sleep outside of a loop is found, unless it lasts until it is cancelled")
    func sleeps() {
        let name = "Tests do not sleep for luck"
        let path = "Tests/RoutingTests/A.swift"
        #expect(lines(name, path: path, "\ntry await Task.sleep(for: .seconds(1))\nusleep(5)") == [2, 3])
        #expect(lines(name, path: path, "while !done {\n    try await Task.sleep(for: .seconds(1))\n}").isEmpty)
        #expect(lines(name, path: path, "try await Task.sleep(for: .seconds(3_600)) // usleep(1)").isEmpty)
    }

    @Test("What is handed over is made nowhere but in its stage")
    func makers() {
        let name = "What is handed over is made by its stage alone"
        #expect(lines(name, "let a = CacheHit(outcome: b)") == [1])
        #expect(lines(name, path: "Sources/SemanticCache/A.swift", "let a = CacheHit(outcome: b)").isEmpty)
        #expect(lines(name, "let a: CacheHit // CacheHit(").isEmpty)
    }

    @Test("A target above what it needs is found")
    func manifest() {
        let name = "A target depends only on targets above it"
        let text = ".target(name: \"B\", dependencies: [\"A\", nio]),\n.systemLibrary(name: \"A\"),\n"
        #expect(lines(name, path: "Package.swift", text) == [1])
        let sorted = ".systemLibrary(name: \"A\"),\n.target(\n    name: \"B\",\n    dependencies: [\n\"A\", nio],"
        #expect(lines(name, path: "Package.swift", sorted).isEmpty)
        #expect(ManifestTarget.targets(in: sorted).map(\.dependencies) == [[], ["A"]])
    }

    @Test("Marks, places of one machine and words about the making are found")
    func prose() {
        #expect(lines("No work is left as a mark in the text", "// TO" + "DO: later") == [1])
        #expect(lines("No place of one machine is named", path: "docs/a.md", "see /ro" + "ot/a") == [1])
        #expect(lines("No place of one machine is named", path: "docs/a.md", "see a/ro" + "ot/a").isEmpty)
        #expect(lines("No word tells how a text came to be", path: "docs/a.md", "as reque" + "sted, this") == [1])
        #expect(lines("No word tells how a text came to be", path: "docs/a.md", "model: claude-x").isEmpty)
    }
}
