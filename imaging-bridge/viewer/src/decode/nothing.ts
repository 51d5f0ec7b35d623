// Stands for the modules of Node.js that the codecs name and, in a browser, never use.
export default {};
