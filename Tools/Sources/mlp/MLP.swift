import ArgumentParser

@main
struct MLP: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mlp", abstract: "Trains, judges and serves networks for tables.")
}
