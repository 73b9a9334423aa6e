/** The part of dmn-js that we use; the package has no types of its own. */
declare module 'dmn-js/lib/Modeler' {
  export interface View {
    type: string;
    element: { id: string; name?: string };
  }
  export default class Modeler {
    constructor(options: { container: HTMLElement; keyboard?: { bindTo: HTMLElement }; common?: { debounceInput?: boolean | number } });
    importXML(xml: string): Promise<{ warnings: (string | Error)[] }>;
    saveXML(options: { format: boolean }): Promise<{ xml: string }>;
    getViews(): View[];
    getActiveView(): View | null | undefined;
    open(view: View): Promise<unknown>;
    on(event: string, listener: () => void): void;
  }
}
