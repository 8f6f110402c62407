/**
 * The nodes of one broker, of which any will do. Clients with the same settings begin at random ones and so are spread over them;
 * after a failure the next one is tried.
 */
export class NodesInTurn<Node> {
  readonly #nodes: readonly [Node, ...Node[]];
  #at: number;

  /** @param random from 0 to below 1: with which one it begins */
  constructor(nodes: readonly [Node, ...Node[]], random: number) {
    this.#nodes = nodes;
    this.#at = Math.floor(random * nodes.length);
  }

  get current(): Node {
    return this.#nodes[this.#at]!;
  }

  turn(): void {
    this.#at = (this.#at + 1) % this.#nodes.length;
  }
}
