/** @import { DoorwayProposal } from '../doorway-proposal.ts' */
import { ask } from './ask.js';
import { byId, say } from './by-id.js';
import { draw } from './drawing.js';
import { makeHandles } from './handles.js';
import { shapesOf, withCorner } from './shapes.js';

const MOST_CORNERS = 16;

/** Lets the doorway be changed over the picture, and saved. */
export class DoorwayEditor {
  /** @type {DoorwayProposal} */
  #saved = {};
  /** @type {DoorwayProposal} */
  #shown = {};
  #size = [16, 9];

  async open() {
    this.#saved = await ask('/api/doorway');
    this.#shown = structuredClone(this.#saved);
    byId('in-side', HTMLSelectElement).addEventListener('change', ({ currentTarget }) => {
      if (currentTarget instanceof HTMLSelectElement) this.#change({ in_side: currentTarget.value });
    });
    byId('has-area', HTMLInputElement).addEventListener('change', ({ currentTarget }) => {
      const isWanted = currentTarget instanceof HTMLInputElement && currentTarget.checked;
      this.#change({ area: isWanted ? this.#wholeArea() : [] });
    });
    byId('more-corners', HTMLButtonElement).addEventListener('click', () =>
      this.#change({ area: withCorner(this.#shown.area ?? []) }),
    );
    byId('fewer-corners', HTMLButtonElement).addEventListener('click', () =>
      this.#change({ area: this.#shown.area?.slice(0, -1) }),
    );
    byId('undo', HTMLButtonElement).addEventListener('click', () => {
      this.#shown = structuredClone(this.#saved);
      this.#all();
    });
    byId('save', HTMLButtonElement).addEventListener('click', () => void this.#save());
    this.#all();
  }

  /**
   * The picture has this size.
   * @param {number} width
   * @param {number} height
   */
  fit(width, height) {
    if (this.#size[0] === width && this.#size[1] === height) return;
    this.#size = [width, height];
    this.#drawing();
  }

  /** Nothing can be changed any more. */
  close() {
    for (const input of document.querySelectorAll('input, select, button'))
      input.setAttribute('disabled', '');
    byId('handles', HTMLElement).replaceChildren();
  }

  /** @param {DoorwayProposal} changes */
  #change(changes) {
    Object.assign(this.#shown, changes);
    this.#all();
  }

  #all() {
    const { line, in_side, area = [] } = this.#shown;
    byId('way', HTMLElement).hidden = line === undefined;
    if (in_side) byId('in-side', HTMLSelectElement).value = in_side;
    byId('has-area', HTMLInputElement).checked = area.length > 0;
    byId('corners', HTMLElement).hidden = area.length === 0;
    byId('more-corners', HTMLButtonElement).disabled = area.length >= MOST_CORNERS;
    byId('fewer-corners', HTMLButtonElement).disabled = area.length <= 3;
    say(
      'doorway-note',
      line
        ? 'The red line is what people cross; the green arrow is their way in.'
        : 'People come in when they go from the red area to the green one.',
    );
    makeHandles(shapesOf(this.#shown), () => this.#drawing());
    this.#drawing();
  }

  #drawing() {
    draw(this.#shown, this.#size[0] ?? 16, this.#size[1] ?? 9);
    const isSame = JSON.stringify(this.#shown) === JSON.stringify(this.#saved);
    byId('save', HTMLButtonElement).disabled = isSame;
    byId('undo', HTMLButtonElement).disabled = isSame;
    if (!isSame) say('saved', '');
    say('refused', '');
  }

  async #save() {
    const proposed = structuredClone(this.#shown);
    try {
      await ask('/api/doorway', proposed);
      this.#saved = proposed;
      this.#drawing();
      say(
        'saved',
        'Saved. It is used from the next start on: switch the power off and on when you are done.',
      );
    } catch (error) {
      say('refused', `Not saved: ${error instanceof Error ? error.message : error}`);
    }
  }

  /** A little within the picture, so that its corners can be taken hold of; around the doorway, whatever that is. */
  #wholeArea() {
    const points = shapesOf({ ...this.#shown, area: [] }).flatMap((shape) => shape.points);
    const low = [0, 1].map((axis) => Math.min(0.05, ...points.map((point) => point[axis] ?? 0)));
    const high = [0, 1].map((axis) => Math.max(0.95, ...points.map((point) => point[axis] ?? 1)));
    /** @type {[number, number][]} */
    const corners = [
      [low[0] ?? 0, low[1] ?? 0],
      [high[0] ?? 1, low[1] ?? 0],
      [high[0] ?? 1, high[1] ?? 1],
      [low[0] ?? 0, high[1] ?? 1],
    ];
    return corners;
  }
}
