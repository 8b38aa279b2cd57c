/**
 * A list whose elements live as long as what they show: those whose content is
 * the same after an update stay as they are, so nothing flickers, and focus and
 * scrolling stay where they were.
 */
export interface KeyedList<T> {
  readonly update: (items: readonly T[]) => void;
  readonly elements: () => HTMLElement[];
  readonly elementOf: (key: string) => HTMLElement | undefined;
}

export interface ListOptions<T> {
  /** What decides whether an element must be made anew; places in the text are not part of it. */
  readonly content: (item: T) => string;
  readonly create: (item: T) => HTMLElement;
  /** Brings up to date what may change without the content: line numbers. */
  readonly refresh: (element: HTMLElement, item: T) => void;
}

export function keyedList<T extends { readonly key: string }>(parent: HTMLElement, { content, create, refresh }: ListOptions<T>): KeyedList<T> {
  let known = new Map<string, { readonly content: string; readonly element: HTMLElement }>();
  return {
    update: (items) => {
      const next: typeof known = new Map();
      let place = parent.firstElementChild;
      for (const item of items) {
        const now = content(item);
        const before = known.get(item.key);
        const element = before?.content === now ? before.element : create(item);
        refresh(element, item);
        next.set(item.key, { content: now, element });
        if (before && before.element !== element) {
          if (place === before.element) place = place.nextElementSibling;
          before.element.replaceWith(element);
        }
        if (place === element) place = place.nextElementSibling;
        else parent.insertBefore(element, place);
      }
      for (const [key, { element }] of known) if (!next.has(key)) element.remove();
      known = next;
    },
    elements: () => [...parent.children].filter((child) => child instanceof HTMLElement),
    elementOf: (key) => known.get(key)?.element,
  };
}
