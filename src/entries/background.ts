console.info('background');
