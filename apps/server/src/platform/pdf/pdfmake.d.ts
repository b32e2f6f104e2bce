/** The part of pdfmake that paper.ts uses; it comes without types. */
declare module 'pdfmake' {
  type Face = string | [file: string, name: string];
  interface PdfMake {
    readonly virtualfs: {
      existsSync(name: string): boolean;
      writeFileSync(name: string, content: Buffer): void;
    };
    setFonts(fonts: Record<string, { normal: Face; bold: Face }>): void;
    setUrlAccessPolicy(isAllowed: (url: string) => boolean): void;
    setLocalAccessPolicy(isAllowed: (path: string) => boolean): void;
    createPdf(definition: object): { getBuffer(): Promise<Buffer> };
  }
  const pdfmake: PdfMake;
  export default pdfmake;
}
