// How OHIF is run here: on the DICOMweb of the bridge that the page comes from, and on files that somebody opens, which stay in the browser.
window.PUBLIC_URL = '/view/ohif/';

window.config = {
  name: 'county-hub',
  routerBasename: '/view/ohif',
  showStudyList: true,
  extensions: [],
  modes: [],
  // A tour in English, over the first images that somebody sees.
  customizationService: { global: { 'ohif.tours': { $set: [] } } },
  // Nothing of the page's address may name other data, code or configuration.
  dangerouslyUseDynamicConfig: { enabled: false },
  investigationalUseDialog: { option: 'configure', days: 30 },
  whiteLabeling: {
    createLogoComponentFn: (React) =>
      React.createElement('span', { className: 'text-foreground px-2 text-lg' }, '影像 · Images'),
  },
  maxNumberOfWebWorkers: 3,
  // HTTP/1.1 has six connections to one address; what waits in the browser cannot be put last.
  maxNumRequests: { interaction: 20, thumbnail: 4, prefetch: 6 },
  showWarningMessageForCrossOrigin: false,
  showCPUFallbackMessage: true,
  showLoadingIndicator: true,
  strictZSpacingForVolumeViewport: true,
  groupEnabledModesFirst: true,
  showErrorDetails: 'production',
  defaultDataSourceName: 'dicomweb',
  dataSources: [
    {
      namespace: '@ohif/extension-default.dataSourcesModule.dicomweb',
      sourceName: 'dicomweb',
      configuration: {
        friendlyName: '影像 · Images',
        name: 'dicomweb',
        qidoRoot: '/dicomweb',
        wadoRoot: '/dicomweb',
        wadoUriRoot: '/dicomweb/wado',
        qidoSupportsIncludeField: true,
        supportsFuzzyMatching: false,
        supportsWildcard: true,
        imageRendering: 'wadors',
        thumbnailRendering: 'thumbnail',
        thumbnailRequestStrategy: 'fetch',
        enableStudyLazyLoad: true,
        dicomUploadEnabled: false,
        singlepart: 'bulkdata,video',
        bulkDataURI: {
          enabled: true,
          // Below the study, where the page reads it, whatever address of the bridge the answer names.
          relativeResolution: 'studies',
          transform: (uri) => uri.replace(/^.*\/studies\/[0-9.]+\//, ''),
        },
      },
    },
    {
      namespace: '@ohif/extension-default.dataSourcesModule.dicomlocal',
      sourceName: 'dicomlocal',
      configuration: { friendlyName: '本地文件 · Local files' },
    },
  ],
};
